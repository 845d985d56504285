using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// Which objects a patch or replacement is for: patterns of the whole group, version, kind, name and namespace, and selectors of labels
/// and annotations. What is not said fits all.
/// </summary>
internal sealed class BuildSelector
{
    private readonly bool _isForPatch;
    private readonly PatternMatcher? _group;
    private readonly PatternMatcher? _version;
    private readonly PatternMatcher? _kind;
    private readonly PatternMatcher? _name;
    private readonly PatternMatcher? _namespace;
    private readonly LabelSelector? _labels;
    private readonly LabelSelector? _annotations;

    /// <param name="isPattern">False for replacements, which name things exactly.</param>
    public BuildSelector(BuildMapping fields, bool isPattern)
    {
        _isForPatch = isPattern;
        _group = Pattern("group");
        _version = Pattern("version");
        _kind = Pattern("kind");
        _name = Pattern("name");
        _namespace = Pattern("namespace");
        ExactName = fields.TextAt("name") is { Length: > 0 } name && (!isPattern || IsLiteral(name)) ? name : null;
        _labels = LabelSelector.Parse(fields.TextAt("labelSelector") ?? "");
        _annotations = LabelSelector.Parse(fields.TextAt("annotationSelector") ?? "");

        PatternMatcher? Pattern(string key) => fields.TextAt(key) is not { Length: > 0 } text ? null : PatternMatcher.Of($"^(?:{(isPattern ? text : Exactly(text))})$");
    }

    /// <summary>The only name that it fits; null where that is not known beforehand.</summary>
    public string? ExactName { get; }

    /// <summary>False where a pattern or a selector can't be read.</summary>
    public bool IsUsable =>
        _group?.IsUsable != false && _version?.IsUsable != false && _kind?.IsUsable != false && _name?.IsUsable != false && _namespace?.IsUsable != false
        && _labels is not null && _annotations is not null;

    public bool Selects(BuildObject one)
    {
        (string group, string version) = one.GroupVersion;
        return _group?.IsMatch(group) != false && _version?.IsMatch(version) != false && IsCalledSo(one)
            && _labels?.Selects(one.Root.At("metadata", "labels") as BuildMapping) != false
            && _annotations?.Selects(one.Root.At("metadata", "annotations") as BuildMapping) != false;
    }

    /// <summary>Patches know what an object is called now and was called first, each for itself; replacements all that it ever was.</summary>
    private bool IsCalledSo(BuildObject one)
    {
        if (!_isForPatch)
        {
            return one.Identities.Any(identity => _kind?.IsMatch(identity.Kind) != false && _name?.IsMatch(identity.Name) != false && _namespace?.IsMatch(NamespaceOf(one, identity)) != false);
        }
        (BuildIdentity first, BuildIdentity now) = (one.Original, one.Identity);
        return _kind?.IsMatch(one.Kind) != false
            && (_name is null || _name.IsMatch(first.Name) || _name.IsMatch(now.Name))
            && (_namespace is null || _namespace.IsMatch(NamespaceOf(one, first)) || _namespace.IsMatch(NamespaceOf(one, now)));
    }

    /// <summary>Kustomize has a word for where objects of the cluster itself are, which a pattern may fit.</summary>
    private static string NamespaceOf(BuildObject one, BuildIdentity identity) => one.IsNamespaced() ? identity.EffectiveNamespace : "_non_namespaceable_";

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
}
