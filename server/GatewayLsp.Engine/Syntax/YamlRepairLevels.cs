using System.Text.RegularExpressions;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// To which objects and lists a line can belong, read off the indentation of the lines above it: the parser has closed the
/// deeper ones by the time it gives up. The schema of the document's kind says which of them has the field.
/// </summary>
internal sealed partial class YamlRepair
{
    /// <summary>Lines looked at for the levels above one.</summary>
    private const int MaxLevelLines = 2000;

    private (string ApiVersion, string Kind)? _head;

    [GeneratedRegex(@"^(?<name>apiVersion|kind)(?:: *| +)[""']?(?<value>[\w.\-/]+)[""']?\s*(?:#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex HeadLine { get; }

    [GeneratedRegex(@"^(?:""(?<key>[^""\\]+)""|'(?<key>[^']+)'|(?<key>[A-Za-z_][\w.\-/]*)) *:(?:\s|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyStart { get; }

    /// <summary>An object or list that is open where a line begins.</summary>
    /// <param name="Column">Where its keys or dashes stand.</param>
    /// <param name="Key">The key of an object that is nearest to the line; null for a list.</param>
    private sealed record Level(int Column, string? Key)
    {
        public bool IsList => Key is null;

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>The levels above a line, the deepest first. Only blocks: lines in brackets are no levels.</summary>
    private List<Level> LevelsAbove(int line)
    {
        var levels = new List<Level>();
        int limit = int.MaxValue;
        int at = PreviousContent(line);
        for (int seen = 0; at >= 0 && seen < MaxLevelLines; seen++, at = PreviousContent(at))
        {
            int column = ContentColumn(at);
            bool hasDash = column > Indent(at);
            Match key = KeyStart.Match(text.Text, at + column, Math.Min(400, text.LineEnd(at) - at - column));
            if (key.Success)
            {
                string name = key.Groups["key"].Value;
                if (levels.Count > 0 && !levels[^1].IsList && column == levels[^1].Column)
                {
                    levels[^1].Keys.Add(name);
                }
                else if (column < limit || (column == limit && levels[^1].IsList))
                {
                    if (column < limit && OpensText(at))
                    {
                        // What seemed to be levels are the lines of a text.
                        levels.Clear();
                    }
                    levels.Add(new Level(column, name) { Keys = { name } });
                    limit = column;
                }
            }
            for (int dash = column - 1; hasDash && dash >= 0; dash--)
            {
                if (text.Text[at + dash] == '-' && dash < limit)
                {
                    levels.Add(new Level(dash, null));
                    limit = dash;
                }
            }
        }
        return levels;
    }

    /// <summary>True for a line that ends with the <c>|</c> or <c>&gt;</c> of a text below.</summary>
    private bool OpensText(int line)
    {
        int end = TrimmedEnd(line + ContentColumn(line));
        int at = end - 1;
        while (at > line && text.Text[at] is '+' or '-' or (>= '0' and <= '9'))
        {
            at--;
        }
        return at > line && text.Text[at] is '|' or '>' && text.Text[at - 1] == ' ';
    }

    private static List<string?> PathTo(List<Level> levels, int index)
    {
        var path = new List<string?>();
        for (int i = levels.Count - 1; i > index; i--)
        {
            path.Add(levels[i].Key);
        }
        return path;
    }

    /// <summary>Whether an object has a field; null when nothing is known of it.</summary>
    private bool? Has(IReadOnlyList<string?> path, string name) =>
        Head is { ApiVersion.Length: > 0, Kind.Length: > 0 } head ? places.Has(head.ApiVersion, head.Kind, path, name) : null;

    /// <summary>
    /// The level that a line belongs to by its field: of those that have it and do not have it yet, the one whose column is
    /// nearest. Null when none has it, or nothing is known.
    /// </summary>
    private (Level Level, string? Owner)? LevelByField(List<Level> levels, string name, int column, bool isItem)
    {
        int best = -1;
        for (int i = 0; i < levels.Count; i++)
        {
            Level level = levels[i];
            if (level.IsList != isItem || (best >= 0 && Math.Abs(level.Column - column) >= Math.Abs(levels[best].Column - column)))
            {
                continue;
            }
            List<string?> path = PathTo(levels, i);
            if (isItem)
            {
                path.Add(null);
            }
            if (Has(path, name) == true && (isItem || !level.Keys.Contains(name)))
            {
                best = i;
            }
        }
        return best < 0 ? null : (levels[best], PathTo(levels, best).FindLast(key => key is not null));
    }

    /// <summary>Kind and version as written, also where the colon behind the key is missing.</summary>
    private (string ApiVersion, string Kind) Head
    {
        get
        {
            if (_head is null)
            {
                string version = "";
                string kind = "";
                foreach (Match line in HeadLine.Matches(text.Text))
                {
                    string value = line.Groups["value"].Value;
                    if (line.Groups["name"].Value == "kind")
                    {
                        kind = kind.Length == 0 ? value : kind;
                    }
                    else
                    {
                        version = version.Length == 0 ? value : version;
                    }
                }
                _head = (version, kind);
            }
            return _head.Value;
        }
    }
}
