using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>
/// An implementation of Gateway API and what it supports by version, as read from <c>schemas/implementations</c>: from its
/// conformance reports, or from its documentation where they say nothing.
/// </summary>
public sealed class Implementation
{
    private readonly string _table;
    private FrozenDictionary<string, string>? _rows;

    private Implementation(string id, string table)
    {
        Id = id;
        _table = table;
    }

    /// <summary>What users call it in settings: <c>istio</c>, <c>gke</c>.</summary>
    public string Id { get; }

    public string Title { get; private set; } = "";

    /// <summary>Its controller names; with the kinds of routes that a controller takes, where it takes some only.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Controllers { get; private set; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The GatewayClasses that it brings along or that its documentation makes.</summary>
    public ImmutableArray<string> Classes { get; private set; } = [];

    /// <summary>Fields that it takes no notice of: <c>listeners.tls.certificateRefs</c>, <c>ServiceImport.port</c>.</summary>
    public ImmutableArray<string> Ignored { get; private set; } = [];

    /// <summary>Features that its reports do not list although users are told that they work: nobody knows.</summary>
    public ImmutableHashSet<string> Doubtful { get; private set; } = [];

    /// <summary>The most headers that a match may have; null when it has no limit of its own.</summary>
    public int? MaxHeaders { get; private set; }

    /// <summary>True when Gateways of the same name in two namespaces are one to it.</summary>
    public bool IgnoresNamespaces { get; private set; }

    /// <summary>True when what is known comes from its documentation rather than from a conformance report.</summary>
    public bool IsDocumented { get; private set; }

    /// <summary>Versions that something is known of, oldest first.</summary>
    public ImmutableArray<ReleaseVersion> Versions { get; private set; } = [];

    /// <summary>All features that are known for some version.</summary>
    public IEnumerable<string> Features => Rows.Keys;

    private FrozenDictionary<string, string> Rows => _rows ??= ReadRows(_table);

    /// <summary>
    /// Whether a version has a feature. Between two versions that are known, and after the last, no is said only where nothing
    /// could have changed it. Without a version the newest that is known counts.
    /// </summary>
    public Answer Supports(string feature, ReleaseVersion? version)
    {
        if (Versions.IsEmpty || !Rows.TryGetValue(feature, out string? cells))
        {
            return Answer.Unknown;
        }
        if (version is not { } wanted)
        {
            return AnswerOf(cells[^1]);
        }
        int at = -1;
        while (at + 1 < Versions.Length && Versions[at + 1] <= wanted)
        {
            at++;
        }
        if (at < 0)
        {
            // What the first known version lacks an older one had hardly.
            return AnswerOf(cells[0]) == Answer.No ? Answer.No : Answer.Unknown;
        }
        Answer before = AnswerOf(cells[at]);
        if (Versions[at] == wanted || before == Answer.Yes)
        {
            return before;
        }
        return before == Answer.No && at + 1 < Versions.Length && AnswerOf(cells[at + 1]) == Answer.No ? Answer.No : Answer.Unknown;
    }

    /// <summary>Reads a file of <c>schemas/implementations</c>: lines of facts, a blank line, the table of features by version.</summary>
    internal static Implementation Read(string id, string text)
    {
        int gap = text.IndexOf("\n\n", StringComparison.Ordinal);
        var made = new Implementation(id, gap < 0 ? "" : text[(gap + 2)..]);
        var classes = ImmutableArray.CreateBuilder<string>();
        var ignored = ImmutableArray.CreateBuilder<string>();
        foreach (string line in (gap < 0 ? text : text[..gap]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "title": made.Title = line["title ".Length..]; break;
                case "controller": made.Controllers = made.Controllers.SetItem(words[1], [.. words[2..]]); break;
                case "class": classes.Add(words[1]); break;
                case "ignores": ignored.Add(words[1]); break;
                case "doubtful": made.Doubtful = [.. words[1..]]; break;
                case "limit": made.MaxHeaders = int.Parse(words[2], CultureInfo.InvariantCulture); break;
                case "names": made.IgnoresNamespaces = true; break;
                case "source": made.IsDocumented = true; break;
            }
        }
        made.Classes = classes.DrainToImmutable();
        made.Ignored = ignored.DrainToImmutable();
        made.Versions = ReadVersions(made._table);
        return made;
    }

    private static ImmutableArray<ReleaseVersion> ReadVersions(string table)
    {
        int end = table.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? [] : [.. Words(table[..end])[1..].Select(word => ReleaseVersion.Parse(word) ?? default)];
    }

    private static FrozenDictionary<string, string> ReadRows(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Words)
            .ToFrozenDictionary(words => words[0], words => string.Concat(words[1..]), StringComparer.Ordinal);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Answer AnswerOf(char cell) => cell switch { '+' => Answer.Yes, '-' => Answer.No, _ => Answer.Unknown };
}
