using System.Collections.Frozen;
using GatewayLsp.Engine.Topology;

namespace GatewayLsp.Server.Topology;

/// <summary>
/// What a graph says in words of ours, in the user's language. Names, hostnames and paths that stand beside them are nobody's
/// words: only texts of a shape that the graph itself makes are looked up.
/// </summary>
/// <param name="say">A text in the user's language; null for English.</param>
internal sealed class TopologyWords(Func<string, string>? say)
{
    private const string SameHost = "(same host)";

    /// <summary>Single words that may as well be names elsewhere: in the book they stand as words, so that it says no name anew.</summary>
    private static readonly FrozenSet<string> Single = FrozenSet.ToFrozenSet(
    [
        "word `cluster`", "word `rewrite`", "word `extension`", "word `authorization`", "word `east-west`", "word `waypoint`",
        "word `request`", "word `backendRequest`", "word `unlimited`", "word `persistent`",
    ], StringComparer.Ordinal);

    /// <summary>How rules call matches that take everything.</summary>
    private static readonly string[] Everything = ["any call", "any connection"];

    public string Message(string message) => say?.Invoke(message) ?? message;

    public string LabelOf(TopologyNode node) => say is null ? node.Label : node.Kind switch
    {
        TopologyNodeKind.Client => say(node.Label),
        TopologyNodeKind.Rule => Rule(node.Label),
        TopologyNodeKind.ExternalHost => Location(node.Label),
        _ => node.Label,
    };

    public string DetailOf(TopologyNode node) => say is null ? node.Detail : Detail(node.Kind, node.Detail);

    public string LabelOf(TopologyEdge edge) => Label(edge, edge.Label);

    public string? LabelBeforeOf(TopologyEdge edge) => edge.LabelBefore is { } before ? Label(edge, before) : null;

    /// <param name="of">The kind of the node that has it; null of an edge.</param>
    public string ValueOf(TopologyFact fact, TopologyNodeKind? of) => say is null ? fact.Value : fact.Name switch
    {
        "role" or "session" or "timeout" => string.Join(' ', fact.Value.Split(' ').Select(Word)),
        "retry" or "replicas" => say(fact.Value),
        "location" => Location(fact.Value),
        "match" => Rule(fact.Value),
        "was" when of is { } kind => Was(kind, fact.Value),
        _ => fact.Value,
    };

    /// <summary><c>label (detail)</c>, or the label alone.</summary>
    private string Was(TopologyNodeKind kind, string before)
    {
        int open = before.EndsWith(')') ? before.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        return open < 0 ? before : $"{before[..open]} ({Detail(kind, before[(open + 2)..^1])})";
    }

    private string Detail(TopologyNodeKind kind, string detail) => detail.Length == 0 ? detail : kind switch
    {
        TopologyNodeKind.Client or TopologyNodeKind.ListenerSet or TopologyNodeKind.Frontend => say!(detail),
        TopologyNodeKind.Cluster => Word(detail),
        TopologyNodeKind.Rule or TopologyNodeKind.Service or TopologyNodeKind.Workload => string.Join(" · ", detail.Split(" · ").Select(Part)),
        TopologyNodeKind.Other => Part(detail),
        _ => detail,
    };

    private string Label(TopologyEdge edge, string label) => say is null || label.Length == 0 ? label : edge.Kind switch
    {
        TopologyEdgeKind.Mirrors => Behind(label, "copy of "),
        TopologyEdgeKind.Asks => Behind(label, "authorization"),
        // Of routes whose rules are folded: "3 rules", or what the only rule says.
        TopologyEdgeKind.Sends or TopologyEdgeKind.Redirects => label.EndsWith(" rules", StringComparison.Ordinal) ? say(label) : Rule(label),
        _ => label,
    };

    /// <summary>The words from <paramref name="beginning"/> on; ahead of them what a folded rule matches.</summary>
    private string Behind(string label, string beginning)
    {
        int at = label.LastIndexOf(beginning, StringComparison.Ordinal);
        return at < 0 ? label.EndsWith(" rules", StringComparison.Ordinal) ? say!(label) : label
            : at == 0 ? Part(label)
            : Rule(label[..(at - 1)]) + " " + Part(label[at..]);
    }

    /// <summary><c>any call</c>, with the rule's name ahead or a share behind.</summary>
    private string Rule(string label)
    {
        foreach (string words in Everything)
        {
            if (label == words || label.EndsWith(": " + words, StringComparison.Ordinal))
            {
                return label[..^words.Length] + say!(words);
            }
            if (label.StartsWith(words + " ", StringComparison.Ordinal))
            {
                return say!(words) + label[words.Length..];
            }
        }
        return label;
    }

    private string Location(string location) => location.Replace(SameHost, "(" + say!("same host") + ")", StringComparison.Ordinal);

    private string Part(string part) => part.Contains(' ', StringComparison.Ordinal) ? say!(part) : Word(part);

    private string Word(string word) => Single.Contains($"word `{word}`") ? say!($"word `{word}`") : word;
}
