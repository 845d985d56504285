using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Answers of a real API server beside those of the sandbox.</summary>
internal static class ServerComparison
{
    /// <summary>
    /// What differs for good: an empty token that one server writes and another does not;
    /// defaults of a Pod's template, which the small server of the tests leaves out; the selector of a Scale.
    /// </summary>
    private static readonly (string Ours, string Theirs)[] Known =
    [
        ("\"metadata\":{\"continue\":\"\"}", "\"metadata\":{}"),
        (",\"f:terminationMessagePolicy\":{}", ""),
        ("\"f:dnsPolicy\":{},", ""),
        (",\"f:terminationGracePeriodSeconds\":{}", ""),
        (",\"terminationMessagePolicy\":\"File\"", ""),
        ("\"dnsPolicy\":\"ClusterFirst\",", ""),
        (",\"terminationGracePeriodSeconds\":30", ""),
        (",\"selector\":\"a=b\"", ""),
    ];

    /// <summary>Code, reason, causes and, of what went well, the body.</summary>
    public static List<string> Differences(ApiAnswer wanted, ApiAnswer got)
    {
        var differences = new List<string>();
        if (wanted.Status != got.Status || wanted.Reason != got.Reason)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{wanted.Status} {wanted.Reason} {wanted.Message}, got {got.Status} {got.Reason} {got.Message}"));
        }
        else if (Causes(wanted) != Causes(got))
        {
            differences.Add($"causes {Causes(wanted)}, got {Causes(got)}");
        }
        if (wanted.Status < 300 && Normal(wanted.Body) is var a && Normal(got.Body) is var b && a != b)
        {
            differences.Add($"\n  {a}\n  {b}");
        }
        return differences;
    }

    private static string Causes(ApiAnswer answer) =>
        string.Join(' ', answer.At("details", "causes").Items().Select(cause => $"{cause.At("field").Text()}:{cause.At("reason").Text()}").Distinct().Order());

    /// <summary>Without what no two servers have in common; members in order of their names.</summary>
    private static string Normal(JsonObject? body)
    {
        if (body is null)
        {
            return "";
        }
        JsonNode sorted = Sorted(body)!;
        string text = Json.Text(sorted);
        foreach ((string ours, string theirs) in Known)
        {
            text = text.Replace(ours, theirs, StringComparison.Ordinal);
        }
        return text;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(member => member.Key is not ("uid" or "resourceVersion" or "creationTimestamp" or "time" or "goVersion" or "compiler" or "buildDate" or "gitCommit" or "gitTreeState" or "platform"))
            .OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Key is "clusterIP" or "clusterIPs" ? "address" : Sorted(member.Value)))),
        // The order of owners is that of their times, and these are not the same.
        JsonArray items when items.Count > 0 && items[0].At("fieldsV1") is not null =>
            new JsonArray([.. items.Select(Sorted).OrderBy(one => one.At("manager").Text() + one.At("operation").Text() + one.At("subresource").Text() + one.At("apiVersion").Text(), StringComparer.Ordinal)]),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
