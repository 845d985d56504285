using System.Globalization;
using System.Numerics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>
/// What the cursor or selection is at: an object and, as far as they are written there themselves, one of its rules, matches,
/// backends, parents or listeners. What stands behind an alias is never one of them: it would be changed elsewhere, too.
/// </summary>
internal sealed class RefactoringPlace
{
    private readonly int _start;
    private readonly int _end;

    public RefactoringPlace(Workspace workspace, string path, DocumentSlot slot, LineRange range, ManifestObject one, ObjectView view)
    {
        Workspace = workspace;
        Path = path;
        Slot = slot;
        Object = one;
        View = view;
        _start = slot.OffsetOf(range.Start);
        _end = slot.OffsetOf(range.End);
        Spec = one.Node.Find("spec")?.Value as YamlMapping;
        RuleNode = ItemOf(Spec, "rules");
        BackendNode = ItemOf(RuleNode, "backendRefs");
        MatchNode = ItemOf(RuleNode, "matches");
        FilterNode = ItemOf(RuleNode, "filters");
        ParentNode = ItemOf(Spec, "parentRefs");
        ListenerNode = ItemOf(Spec, "listeners");
        Rule = (view as Route)?.Rules.FirstOrDefault(rule => ReferenceEquals(rule.Node, RuleNode));
    }

    public Workspace Workspace { get; }

    public string Path { get; }

    public DocumentSlot Slot { get; }

    public ManifestDocument Document => Slot.Document;

    public ManifestObject Object { get; }

    public ObjectView View { get; }

    public YamlMapping? Spec { get; }

    public RouteRule? Rule { get; }

    public YamlMapping? RuleNode { get; }

    public YamlMapping? BackendNode { get; }

    public YamlMapping? MatchNode { get; }

    public YamlMapping? FilterNode { get; }

    public YamlMapping? ParentNode { get; }

    public YamlMapping? ListenerNode { get; }

    /// <summary>True when the whole file is JSON-like: no comment and no second document may be put into it.</summary>
    public bool IsFlow => Document.Root is YamlMapping { IsFlow: true };

    /// <summary>The backend under the cursor; with the cursor elsewhere in a rule the last one. Null outside of rules and in what else a rule has.</summary>
    public BackendRef? Backend
    {
        get
        {
            if (Rule is null || MatchNode is not null || FilterNode is not null || Rule.BackendRefs.IsEmpty)
            {
                return null;
            }
            return BackendNode is null ? Rule.BackendRefs[^1] : Rule.BackendRefs.FirstOrDefault(one => ReferenceEquals(one.Node, BackendNode));
        }
    }

    /// <summary>True when the cursor is in the field itself: at its key or in its value.</summary>
    public bool IsIn(YamlMapping? map, string field) => map?.Find(field) is { } entry && Covers(entry.Key.Span.Start, entry.Span.End);

    /// <summary>True at an object's head, its kind and metadata, and where its spec begins.</summary>
    public bool IsAtHead => Spec is null || !Covers(Spec.Span.Start, Spec.Span.End) || IsIn(Object.Node, "metadata");

    /// <summary>
    /// True when the text of a node means what it says, here and nowhere else: no anchor around or in it, no alias or merge
    /// key in it, nothing filled in by templates.
    /// </summary>
    public bool IsPlain(YamlNode node)
    {
        for (YamlNode? outer = node; outer is not null; outer = outer.Parent)
        {
            if (outer.Properties?.Anchor is not null)
            {
                return false;
            }
        }
        foreach (YamlNode inner in node.DescendantsAndSelf())
        {
            if (inner is YamlAlias || inner.Properties?.Anchor is not null || inner is YamlScalar { IsOpaque: true } || (inner is YamlMapping map && map.Entries.Any(entry => entry.IsMerge)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The backends of a rule as they are written; null when one of them is not sure to be what it seems.</summary>
    public IReadOnlyList<BackendRef>? PlainBackends(RouteRule rule)
    {
        if (rule.Node is not YamlMapping map || map.Find("backendRefs")?.Value is not YamlSequence list || list.Items.Length != rule.BackendRefs.Length || !IsPlain(list)
            || map.Entries.Any(entry => entry.IsMerge))
        {
            return null;
        }
        foreach (BackendRef backend in rule.BackendRefs)
        {
            if (backend.Name.Length == 0 || !HasSoundWeight((YamlMapping)backend.Node))
            {
                return null;
            }
        }
        return rule.BackendRefs;
    }

    /// <summary>What a person would call a backend: its name, with the port where another has the same.</summary>
    public static string NameOf(BackendRef backend, RouteRule rule)
    {
        bool isShared = rule.BackendRefs.Count(other => other.Name == backend.Name) > 1;
        return isShared && backend.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{backend.Name}:{port}") : backend.Name;
    }

    /// <summary>A name that is not taken: the wanted one, else with a number behind.</summary>
    public static string Free(string wanted, Func<string, bool> isTaken)
    {
        string name = wanted;
        for (int i = 2; i < 100 && isTaken(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
        }
        return name;
    }

    private static bool HasSoundWeight(YamlMapping backend) =>
        backend.Find("weight")?.Value is not { } weight || weight.IsNull()
        || (weight is YamlScalar scalar && ScalarResolver.KindOf(scalar) == ScalarKind.Integer && ScalarResolver.TryInteger(scalar.Value, out BigInteger number)
            && number >= 0 && number <= Weights.Max);

    /// <summary>The item of a list that the cursor is in, from the line of its dash to its end.</summary>
    private YamlMapping? ItemOf(YamlMapping? map, string field)
    {
        if (map?.Find(field)?.Value is not YamlSequence list)
        {
            return null;
        }
        for (int i = 0; i < list.Items.Length; i++)
        {
            int start = i < list.Dashes.Length ? list.Dashes[i] : list.Items[i].Span.Start;
            if (list.Items[i] is YamlMapping item && (list.IsFlow ? _start <= item.Span.End && item.Span.Start <= _end : Covers(start, item.Span.End)))
            {
                return item;
            }
        }
        return null;
    }

    /// <summary>Whole lines count: who stands at the margin means what is in the line.</summary>
    private bool Covers(int start, int end) =>
        _start <= Document.Lines.LineEnd(Document.Lines.LineOf(end)) && Document.Lines.LineStart(Document.Lines.LineOf(start)) <= _end;
}
