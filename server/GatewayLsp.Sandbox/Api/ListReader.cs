using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>A page of a list.</summary>
/// <param name="Continue">Token for the next page; empty on the last one.</param>
internal sealed record ListPage(IReadOnlyList<StoredObject> Objects, long Version, string Continue, long Remaining);

/// <summary>Reads lists in pages, by namespace and name.</summary>
internal static class ListReader
{
    public static ListPage Read(Cluster cluster, ApiRequest request, ApiResource resource, IQueryCollection query)
    {
        Selectors selectors = Selectors.Of(resource, query["labelSelector"].ToString(), WatchHandler.FieldSelector(request, query));
        int limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        (var objects, long version) = cluster.Store.Snapshot(resource.Name);
        ObjectPlace? after = null;
        if (query["continue"].ToString() is { Length: > 0 } token)
        {
            (after, long listed) = Decode(token);
            if (cluster.Store.Since(resource.Name, listed) is null)
            {
                throw ApiFailure.Expired("The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.");
            }
            version = listed;
        }
        var page = new List<StoredObject>();
        long remaining = 0;
        foreach (StoredObject one in objects.Values)
        {
            if ((after is { } last && one.Place.CompareTo(last) <= 0) || !WatchHandler.IsIn(request, one) || !selectors.Matches(one))
            {
                continue;
            }
            if (limit > 0 && page.Count == limit)
            {
                remaining++;
                continue;
            }
            page.Add(one);
        }
        // With selectors an API server does not know how many are left.
        return new ListPage(page, version, remaining > 0 ? Encode(page[^1].Place, version) : "", selectors.IsEmpty ? remaining : 0);
    }

    private static string Encode(ObjectPlace last, long version) =>
        Convert.ToBase64String(Json.Write(new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["ns"] = last.Namespace, ["start"] = last.Name })).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static (ObjectPlace After, long Version) Decode(string token)
    {
        string text = token.Replace('-', '+').Replace('_', '/');
        byte[] bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out int length)
            && Json.ParseObject(Encoding.UTF8.GetString(bytes.AsSpan(0, length))) is { } json
            && json["start"].Text() is { } name && json["ns"].Text() is { } ns && json["rv"].Number() is { } version)
        {
            return (new ObjectPlace(ns, name), version);
        }
        throw ApiFailure.BadRequest("invalid continue token: continue key is not valid");
    }
}
