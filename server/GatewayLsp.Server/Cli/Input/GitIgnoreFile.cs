namespace GatewayLsp.Server.Cli.Input;

/// <summary>The patterns of one ignore file, as git reads them (gitignore(5)).</summary>
internal sealed class GitIgnoreFile
{
    private readonly List<Pattern> _patterns = [];

    private GitIgnoreFile()
    {
    }

    public bool IsEmpty => _patterns.Count == 0;

    public static GitIgnoreFile Parse(string text)
    {
        var file = new GitIgnoreFile();
        foreach (string line in text.TrimStart('\uFEFF').Split('\n'))
        {
            if (Pattern.Parse(line.EndsWith('\r') ? line[..^1] : line) is { } pattern)
            {
                file._patterns.Add(pattern);
            }
        }
        return file;
    }

    /// <summary>True: ignored; false: a later <c>!</c> takes it in again; null: nothing is said. The last pattern that matches counts.</summary>
    /// <param name="path">Relative to the folder of the ignore file, with <c>/</c>.</param>
    public bool? Judge(string path, bool isFolder)
    {
        for (int i = _patterns.Count - 1; i >= 0; i--)
        {
            if (_patterns[i].Matches(path, isFolder))
            {
                return !_patterns[i].IsNegated;
            }
        }
        return null;
    }

    private sealed record Pattern(string[] Segments, bool IsNegated, bool FoldersOnly, bool IsAnchored)
    {
        public static Pattern? Parse(string line)
        {
            string text = WithoutTrailingBlanks(line);
            if (text.Length == 0 || text[0] == '#')
            {
                return null;
            }
            bool negated = text[0] == '!';
            text = negated ? text[1..] : text;
            bool foldersOnly = text.EndsWith('/');
            text = foldersOnly ? text[..^1] : text;
            bool anchored = text.Contains('/');
            text = text.StartsWith('/') ? text[1..] : text;
            return text.Length == 0 ? null : new Pattern(text.Split('/'), negated, foldersOnly, anchored);
        }

        public bool Matches(string path, bool isFolder) =>
            (isFolder || !FoldersOnly)
            && (IsAnchored ? Glob.MatchesPath(Segments, path.Split('/')) : Glob.Matches(Segments[0], path.AsSpan(path.LastIndexOf('/') + 1)));

        /// <summary>Blanks at the end don't count unless a backslash makes them part of the name.</summary>
        private static string WithoutTrailingBlanks(string line)
        {
            int end = line.Length;
            while (end > 0 && line[end - 1] == ' ')
            {
                int slashes = 0;
                for (int i = end - 2; i >= 0 && line[i] == '\\'; i--)
                {
                    slashes++;
                }
                if (slashes % 2 == 1)
                {
                    break;
                }
                end--;
            }
            return line[..end];
        }
    }
}
