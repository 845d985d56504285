using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>
/// What a server serves: aggregated discovery (apidiscovery.k8s.io/v2, two requests), or group by group at servers older than
/// Kubernetes 1.30.
/// </summary>
internal sealed class DiscoveryReader(ApiTransport transport)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private const int MaxBody = 32 << 20;
    private const int MaxGroups = 500;
    private const int AtOnce = 4;

    private readonly ImmutableArray<ServedKind>.Builder _kinds = ImmutableArray.CreateBuilder<ServedKind>();
    private readonly ImmutableArray<string>.Builder _incomplete = ImmutableArray.CreateBuilder<string>();

    public async Task<Answered<ServedKinds>> ReadAsync(CancellationToken cancellation)
    {
        Task<Answered<ApiBody>> core = GetAsync("/api", cancellation);
        Answered<ApiBody> groups = await GetAsync("/apis", cancellation).ConfigureAwait(false);
        Answered<ApiBody> legacy = await core.ConfigureAwait(false);
        if (!groups.IsOk)
        {
            return groups.Error;
        }
        if (!legacy.IsOk)
        {
            return legacy.Error;
        }
        try
        {
            var plain = new List<(string Group, string Version, bool IsPreferred)>();
            ReadRoot(legacy.Value.Utf8, plain);
            ReadRoot(groups.Value.Utf8, plain);
            await ReadOneByOneAsync(plain, cancellation).ConfigureAwait(false);
            return new ServedKinds(_kinds.ToImmutable(), _incomplete.ToImmutable());
        }
        catch (JsonException)
        {
            return new ClusterError(ClusterErrorKind.Broken, "The answer about served kinds makes no sense; this may be no API server.");
        }
    }

    private Task<Answered<ApiBody>> GetAsync(string path, CancellationToken cancellation) =>
        transport.ReadAsync(new ApiRequest(HttpMethod.Get, path, "ask for the served kinds") { Accept = Aggregated }, MaxBody, cancellation);

    private void ReadRoot(ReadOnlyMemory<byte> body, List<(string, string, bool)> plain)
    {
        using var document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        switch (Text(root, "kind"))
        {
            case "APIGroupDiscoveryList":
                foreach (JsonElement group in Items(root, "items"))
                {
                    ReadGroup(group);
                }
                break;
            case "APIVersions":
                bool isFirst = true;
                foreach (JsonElement version in Texts(root, "versions"))
                {
                    plain.Add(("", version.GetString() ?? "", isFirst));
                    isFirst = false;
                }
                break;
            case "APIGroupList":
                foreach (JsonElement group in Items(root, "groups"))
                {
                    string preferred = group.TryGetProperty("preferredVersion", out JsonElement first) ? Text(first, "version") : "";
                    foreach (JsonElement version in Items(group, "versions"))
                    {
                        plain.Add((Text(group, "name"), Text(version, "version"), Text(version, "version") == preferred));
                    }
                }
                break;
            default:
                throw new JsonException();
        }
    }

    private void ReadGroup(JsonElement group)
    {
        string name = group.TryGetProperty("metadata", out JsonElement metadata) ? Text(metadata, "name") : "";
        // A kind's preferred version is the first of its group that has it.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement version in Items(group, "versions"))
        {
            string number = Text(version, "version");
            if (Text(version, "freshness") == "Stale")
            {
                _incomplete.Add(name + "/" + number);
            }
            foreach (JsonElement resource in Items(version, "resources"))
            {
                JsonElement kind = resource.TryGetProperty("responseKind", out JsonElement response) ? response : default;
                string kindName = kind.ValueKind == JsonValueKind.Object ? Text(kind, "kind") : "";
                string plural = Text(resource, "resource");
                if (kindName.Length == 0 || plural.Length == 0)
                {
                    continue;
                }
                bool hasStatus = false;
                foreach (JsonElement part in Items(resource, "subresources"))
                {
                    hasStatus |= Text(part, "subresource") == "status";
                }
                _kinds.Add(new ServedKind(new Gvk(name, number, kindName), plural, Text(resource, "scope") == "Namespaced")
                {
                    Verbs = Verbs(resource),
                    HasStatus = hasStatus,
                    IsPreferred = seen.Add(kindName),
                });
            }
        }
    }

    private async Task ReadOneByOneAsync(List<(string Group, string Version, bool IsPreferred)> plain, CancellationToken cancellation)
    {
        if (plain.Count > MaxGroups)
        {
            plain.RemoveRange(MaxGroups, plain.Count - MaxGroups);
        }
        foreach ((string Group, string Version, bool IsPreferred)[] batch in plain.Chunk(AtOnce))
        {
            Answered<ApiBody>[] answers = await Task.WhenAll(batch.Select(one =>
                transport.ReadAsync(new ApiRequest(HttpMethod.Get, ApiPath.OfGroup(one.Group, one.Version), "ask for the served kinds"), MaxBody, cancellation)))
                .ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                // The server of one group may be down; the others count all the same.
                if (answers[i] is not { IsOk: true } answer || !TryReadResources(answer.Value.Utf8, batch[i].Group, batch[i].Version, batch[i].IsPreferred))
                {
                    _incomplete.Add(batch[i].Group + "/" + batch[i].Version);
                }
            }
        }
    }

    private bool TryReadResources(ReadOnlyMemory<byte> body, string group, string version, bool isPreferred)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var withStatus = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonElement resource in Items(document.RootElement, "resources"))
            {
                if (Text(resource, "name") is var name && name.EndsWith("/status", StringComparison.Ordinal))
                {
                    withStatus.Add(name[..^"/status".Length]);
                }
            }
            foreach (JsonElement resource in Items(document.RootElement, "resources"))
            {
                string name = Text(resource, "name");
                if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || Text(resource, "kind") is not { Length: > 0 } kind)
                {
                    continue;
                }
                _kinds.Add(new ServedKind(new Gvk(group, version, kind), name, resource.TryGetProperty("namespaced", out JsonElement scope) && scope.ValueKind == JsonValueKind.True)
                {
                    Verbs = Verbs(resource),
                    HasStatus = withStatus.Contains(name),
                    IsPreferred = isPreferred,
                });
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static KindVerbs Verbs(JsonElement resource)
    {
        KindVerbs verbs = KindVerbs.None;
        foreach (JsonElement verb in Texts(resource, "verbs"))
        {
            verbs |= verb.GetString() switch
            {
                "get" => KindVerbs.Get,
                "list" => KindVerbs.List,
                "watch" => KindVerbs.Watch,
                "create" => KindVerbs.Create,
                "update" => KindVerbs.Update,
                "patch" => KindVerbs.Patch,
                "delete" => KindVerbs.Delete,
                _ => KindVerbs.None,
            };
        }
        return verbs;
    }

    /// <summary>The objects in a list; none when it is no list.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement element, string name) => Elements(element, name, JsonValueKind.Object);

    private static IEnumerable<JsonElement> Texts(JsonElement element, string name) => Elements(element, name, JsonValueKind.String);

    private static IEnumerable<JsonElement> Elements(JsonElement element, string name, JsonValueKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == kind)
            {
                yield return item;
            }
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
