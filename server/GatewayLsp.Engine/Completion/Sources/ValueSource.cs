using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>A value that is looked for: its field, the fields beside it, and the workspace to look in.</summary>
internal sealed class ValueSource(CompletionRequest request, YamlNode node, YamlMapping? siblings, ObjectScope scope, SchemaNode schema)
{
    public const string GatewayGroup = "gateway.networking.k8s.io";

    /// <summary>Objects looked at for one list: enough for any workspace that people write by hand.</summary>
    private const int MaxObjects = 20_000;

    // Ranks leave room for what the workspace has between what fits best and what the schema merely lists.
    public const int Best = 0;
    public const int Near = 100;
    public const int Far = 200;
    private const int Listed = 1000;
    private const int Other = 2000;

    private static readonly string[] CoreKinds = ["Service", "Secret", "ConfigMap", "Namespace", "Pod", "ServiceAccount"];

    public CompletionRequest Request => request;

    public ObjectScope Scope => scope;

    public SchemaNode Schema => schema;

    public YamlNode Node => node;

    /// <summary>The namespace that a reference without one is looked up in.</summary>
    public string HomeNamespace => scope.Namespace.Length == 0 ? "default" : scope.Namespace;

    /// <summary>The namespace that the reference at the cursor names, or its object's.</summary>
    public string TargetNamespace => Sibling("namespace") is { Length: > 0 } named ? named : HomeNamespace;

    public ResourceIndex Index => request.Workspace.IndexAtHand;

    /// <summary>The text of a field beside the value; null when it is not there.</summary>
    public string? Sibling(string name) => siblings?.Get(name).Text();

    public bool HasSibling(string name) => siblings?.Find(name) is not null;

    /// <summary>True when the fields beside the value may include that one.</summary>
    public bool MayHave(string name) => siblings is not null && request.ScopeOf(siblings).Schema?.Find(name) is not null;

    /// <summary>The kind that is referred to, as written or by default.</summary>
    public string TargetKind(string fallback) =>
        Sibling("kind") ?? (siblings is null ? null : request.ScopeOf(siblings).Schema?.Find("kind")?.Schema.Default?.Text) ?? fallback;

    public string? TargetGroup => Sibling("group");

    public IEnumerable<ManifestObject> Objects(string group, string kind)
    {
        int seen = 0;
        foreach (IndexedObject one in Index.OfKind(group, kind))
        {
            request.Cancel.ThrowIfCancellationRequested();
            if (++seen > MaxObjects)
            {
                yield break;
            }
            yield return one.Object;
        }
    }

    /// <summary>Objects of a kind whose group may be left open: that of the group named beside it, else any that the kind is known in.</summary>
    public IEnumerable<ManifestObject> Objects(string kind)
    {
        if (TargetGroup is { } group)
        {
            return Objects(group, kind);
        }
        var groups = new HashSet<string>(StringComparer.Ordinal) { GroupOf(kind) };
        foreach (ResourceKind known in request.Catalog.KindsNamed(kind))
        {
            groups.Add(known.Group);
        }
        return groups.SelectMany(g => Objects(g, kind));
    }

    /// <summary>Of more values than can be offered those that go with what is typed.</summary>
    public List<string> Fewer(IEnumerable<string> values, int count)
    {
        if (count <= ValueOffers.MaxItems)
        {
            return [.. values];
        }
        request.IsTruncated = true;
        return [.. values.Where(value => value.Contains(request.Prefix, StringComparison.OrdinalIgnoreCase)).Take(ValueOffers.MaxItems)];
    }

    /// <summary>Where a value that the schema lists stands among the others: what agrees with the fields beside it comes first.</summary>
    public int Rank(JsonValue value, int index)
    {
        string? field = node.Entry?.Name;
        bool fits = field switch
        {
            "group" when Sibling("kind") is { } kind => Agrees(value.Text, kind),
            "kind" when TargetGroup is { } group => Agrees(group, value.Text),
            "kind" when schema.CompletionSource == CompletionSource.RouteKind => RouteKinds.Fit(this, value.Text),
            "protocol" => SuggestsProtocol(value.Text),
            _ => NamesSibling(value.Text),
        };
        return (fits ? Best : schema.CompletionSource is CompletionSource.GatewayClassName ? Other : Listed) + index;
    }

    private bool Agrees(string group, string kind) =>
        request.Catalog.KindsNamed(kind).Any(known => known.Group == group)
        || (CoreKinds.Contains(kind) ? group.Length == 0 : kind == "ServiceImport" && group is "multicluster.x-k8s.io" or "net.gke.io");

    /// <summary>A listener is mostly named after its protocol, and has its usual port.</summary>
    private bool SuggestsProtocol(string protocol) =>
        (Sibling("name") is { } name && name.Split('-').Contains(protocol, StringComparer.OrdinalIgnoreCase))
        || (Sibling("name") is null && (Sibling("port"), protocol) is ("443", "HTTPS") or ("80", "HTTP"));

    /// <summary>In a union the field beside says which <c>type</c> is meant; <c>selector</c> goes with <c>from: Selector</c>.</summary>
    private bool NamesSibling(string value)
    {
        foreach (YamlEntry entry in siblings?.Entries ?? [])
        {
            if (!ReferenceEquals(entry, node.Entry) && string.Equals(entry.Name, value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private static string GroupOf(string kind) => CoreKinds.Contains(kind) ? "" : GatewayGroup;
}
