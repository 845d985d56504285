using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Conditions that the conformance suite waits for, as the objects have them that are read through the sandbox's API.</summary>
public sealed class ConformanceConditionsTests(ITestOutputHelper output)
{
    private const string Cluster = "sandbox-eks";

    /// <summary>These hold only for implementations that lack the feature; the suite has a test for those that have it.</summary>
    private static readonly string[] WithoutFeature = ["TLSRouteListenerMixedTerminationNotSupported", "TLSRouteListenerTerminateNotSupported"];

    [SharedFact("oracle/conformance/expectations.json")]
    public async Task StatusesAreAsExpected()
    {
        JsonNode table = Json.ParseObject(File.ReadAllText(SharedFiles.Get("oracle/conformance/expectations.json")))!;
        var counts = new SortedDictionary<string, (int Held, int All)>(StringComparer.Ordinal);
        var misses = new List<string>();
        foreach (JsonNode? test in table.At("tests").Items())
        {
            string name = test.At("test").Text()!;
            JsonNode?[] expectations = [.. test.At("expectations").Items().Where(one => one.At("static").Truth() == true)];
            if (expectations.Length == 0 || WithoutFeature.Contains(name))
            {
                continue;
            }
            await using RunningSandbox running = await RunningSandbox.Start(Channel.Experimental);
            await ConformanceSetup.Load(running, Cluster, ["conformance/mesh/manifests.yaml", .. test.At("manifests").Items().Select(one => one.Text()!)]);
            foreach (JsonNode? expectation in expectations)
            {
                string? miss = await Miss(running, expectation!);
                string kind = $"{expectation.At("object", "kind").Text()} {expectation.At("scope").Text()}";
                (int held, int all) = counts.GetValueOrDefault(kind);
                counts[kind] = (held + (miss is null ? 1 : 0), all + 1);
                if (miss is not null)
                {
                    misses.Add($"{name} {expectation.At("object", "kind").Text()}/{expectation.At("object", "name").Text()}: {miss}");
                }
            }
        }
        foreach ((string kind, (int held, int all)) in counts)
        {
            output.WriteLine($"{kind}: {held} of {all}");
        }
        output.WriteLine($"in all {counts.Values.Sum(one => one.Held)} of {counts.Values.Sum(one => one.All)}");
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }

    private static async Task<string?> Miss(RunningSandbox running, JsonNode expectation)
    {
        JsonNode about = expectation.At("object")!;
        var resource = running.Sandbox.Of(Cluster).Cluster.Registry.OfKind("gateway.networking.k8s.io", about.At("kind").Text()!)!;
        ApiAnswer answer = await running.Send(Cluster, "GET",
            $"/apis/{resource.ApiVersion}/namespaces/{about.At("namespace").Text()}/{resource.Plural}/{about.At("name").Text()}");
        if (answer.Status != 200)
        {
            return answer.Message;
        }
        JsonNode? status = answer.At("status");
        return expectation.At("scope").Text() switch
        {
            "gateway" or "listenerSet" => Whole(expectation, status),
            "listener" => Listeners(expectation, status),
            "routeParent" => Parents(expectation, status),
            "policyAncestor" => Ancestors(expectation, status),
            var other => "unknown scope " + other,
        };
    }

    private static string? Whole(JsonNode expectation, JsonNode? status)
    {
        if (expectation.At("attachedListenerSets").Number() is { } sets && sets != (status.At("attachedListenerSets").Number() ?? 0))
        {
            return $"attachedListenerSets is {status.At("attachedListenerSets").Shown()}";
        }
        return Missing(expectation, status.At("conditions"))
            ?? status.At("listeners").Items().Select(listener => Attached(expectation, listener)).FirstOrDefault(miss => miss is not null);
    }

    private static string? Listeners(JsonNode expectation, JsonNode? status)
    {
        JsonNode?[] listeners = [.. status.At("listeners").Items()];
        if (expectation.At("exactListenerCount").Number() is { } count && count != listeners.Length)
        {
            return $"{listeners.Length} listeners";
        }
        string name = expectation.At("listener").Text()!;
        JsonNode?[] asked = name == "*" ? listeners : [.. listeners.Where(one => one.At("name").Text() == name)];
        return asked.Length == 0 && name != "*" ? "no listener " + name : asked.Select(listener => Listener(expectation, listener)).FirstOrDefault(miss => miss is not null);
    }

    private static string? Listener(JsonNode expectation, JsonNode? listener)
    {
        if (Missing(expectation, listener.At("conditions")) is { } missing)
        {
            return $"{listener.At("name").Text()}: {missing}";
        }
        if (expectation.At("supportedKinds") is JsonArray kinds)
        {
            string[] supported = [.. listener.At("supportedKinds").Items().Select(Kind)];
            if (kinds.Count == 0 ? supported.Length > 0 : !kinds.Select(Kind).All(supported.Contains))
            {
                return $"supportedKinds of {listener.At("name").Text()}: {string.Join(", ", supported)}";
            }
        }
        return Attached(expectation, listener);
    }

    private static string Kind(JsonNode? one) => $"{one.At("group").Text()}/{one.At("kind").Text()}";

    private static string? Attached(JsonNode expectation, JsonNode? listener) =>
        expectation.At("attachedRoutes").Number() is { } routes && routes != listener.At("attachedRoutes").Number()
            ? $"attachedRoutes of {listener.At("name").Text()} is {listener.At("attachedRoutes").Shown()}" : null;

    private static string? Parents(JsonNode expectation, JsonNode? status)
    {
        JsonNode?[] parents = [.. status.At("parents").Items()];
        string own = expectation.At("object", "namespace").Text()!;
        if (expectation.At("parentRef") is not { } wanted)
        {
            bool orNone = expectation.At("orNoParents").Truth() == true;
            return orNone && parents.Length == 0 ? null : parents.Select(one => Missing(expectation, one.At("conditions"))).FirstOrDefault(miss => miss is not null);
        }
        JsonNode?[] same =
        [
            .. parents.Where(one => one.At("parentRef", "name").Text() == wanted.At("name").Text() && (one.At("parentRef", "namespace").Text() ?? own) == wanted.At("namespace").Text()
                && (wanted.At("kind") is null || (one.At("parentRef", "kind").Text() ?? "Gateway") == wanted.At("kind").Text())),
        ];
        return same.Length == 0 ? "no such parent"
            : same.Any(one => Missing(expectation, one.At("conditions")) is null) ? null
            : Missing(expectation, same[0].At("conditions"));
    }

    private static string? Ancestors(JsonNode expectation, JsonNode? status)
    {
        JsonNode? wanted = expectation.At("ancestorRef");
        JsonNode? same = status.At("ancestors").Items().FirstOrDefault(one =>
            one.At("ancestorRef", "name").Text() == wanted.At("name").Text() && one.At("ancestorRef", "namespace").Text() == wanted.At("namespace").Text());
        return same is null ? "no such ancestor" : Missing(expectation, same.At("conditions"));
    }

    private static string? Missing(JsonNode expectation, JsonNode? conditions)
    {
        foreach (JsonNode? wanted in expectation.At("conditions").Items())
        {
            string type = wanted.At("type").Text()!;
            JsonNode? found = conditions.Items().FirstOrDefault(one => one.At("type").Text() == type);
            if (found.At("status").Text() != wanted.At("status").Text() || (wanted.At("reason").Text() is { Length: > 0 } reason && reason != found.At("reason").Text()))
            {
                return $"{type} is {(found is null ? "missing" : $"{found.At("status").Text()} {found.At("reason").Text()}: {found.At("message").Text()}")}";
            }
        }
        return null;
    }
}
