using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// Which objects a patch or replacement is for: patterns of the whole group, version, kind, name and namespace, and selectors of labels
/// and annotations. What is not said fits all.
/// </summary>
internal sealed class BuildSelector
{
    private readonly PatternMatcher? _group;
    private readonly PatternMatcher? _version;
    private readonly PatternMatcher? _kind;
    private readonly PatternMatcher? _name;
    private readonly PatternMatcher? _namespace;
    private readonly string? _labels;
    private readonly string? _annotations;

    /// <param name="isPattern">False for replacements, which name things exactly.</param>
    public BuildSelector(BuildMapping fields, bool isPattern)
    {
        _group = Pattern("group");
        _version = Pattern("version");
        _kind = Pattern("kind");
        _name = Pattern("name");
        _namespace = Pattern("namespace");
        ExactName = fields.TextAt("name") is { Length: > 0 } name && (!isPattern || IsLiteral(name)) ? name : null;
        _labels = fields.TextAt("labelSelector");
        _annotations = fields.TextAt("annotationSelector");

        PatternMatcher? Pattern(string key) => fields.TextAt(key) is not { Length: > 0 } text ? null : PatternMatcher.Of($"^(?:{(isPattern ? text : Exactly(text))})$");
    }

    /// <summary>The only name that it fits; null where that is not known beforehand.</summary>
    public string? ExactName { get; }

    /// <summary>False where a pattern is none, or a selector is beyond what this reads.</summary>
    public bool IsUsable =>
        _group?.IsUsable != false && _version?.IsUsable != false && _kind?.IsUsable != false && _name?.IsUsable != false && _namespace?.IsUsable != false
        && IsPlain(_labels) && IsPlain(_annotations);

    public bool Selects(BuildObject one)
    {
        (string group, string version) = one.GroupVersion;
        return _group?.IsMatch(group) != false && _version?.IsMatch(version) != false && _kind?.IsMatch(one.Kind) != false
            && (_name is null || one.Identities.Any(identity => _name.IsMatch(identity.Name)))
            && (_namespace is null || one.Identities.Any(identity => _namespace.IsMatch(identity.EffectiveNamespace)))
            && Holds(_labels, one.Root.At("metadata", "labels")) && Holds(_annotations, one.Root.At("metadata", "annotations"));
    }

    private static string Exactly(string text)
    {
        var pattern = new System.Text.StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            pattern.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/' or ' ' || c > '~' ? "" : "\\").Append(c);
        }
        return pattern.ToString();
    }

    private static bool IsLiteral(string pattern)
    {
        foreach (char c in pattern)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Sets (<c>in (a, b)</c>) are rare enough to be left to kustomize.</summary>
    private static bool IsPlain(string? selector) => selector is null || !selector.Contains('(', StringComparison.Ordinal);

    private static bool Holds(string? selector, BuildNode? labels)
    {
        if (string.IsNullOrWhiteSpace(selector))
        {
            return true;
        }
        var map = labels as BuildMapping;
        foreach (string part in selector.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                bool isAbsent = part.StartsWith('!');
                if ((map?.Find(part.TrimStart('!').Trim()) is null) != isAbsent)
                {
                    return false;
                }
                continue;
            }
            bool isNot = equals > 0 && part[equals - 1] == '!';
            string key = part[..(isNot ? equals - 1 : equals)].Trim();
            if ((map?.TextAt(key) == part[(equals + 1)..].TrimStart('=').Trim()) == isNot)
            {
                return false;
            }
        }
        return true;
    }
}
