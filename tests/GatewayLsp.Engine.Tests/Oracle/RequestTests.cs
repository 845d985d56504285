using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>The requests of the conformance suite: a conformant gateway does what the trace says.</summary>
public sealed class RequestTests(ITestOutputHelper output)
{
    /// <summary>What no manifest tells, and why.</summary>
    private static string? Undecidable(ExpectedRequest expected) => expected switch
    {
        { Test: "BackendTLSPolicy" } when ExpectedRequest.Text(expected.Expect, "outcome") == "notOK" => "the suite makes the backend's certificates while it runs",
        { Test: "GatewayFrontendClientCertificateValidation" } when ExpectedRequest.Text(expected.Expect, "outcome") == "failure" => "the suite makes the clients' certificates while it runs",
        { Test: "MeshFrontend" } when expected.Name.Contains("${", StringComparison.Ordinal) => "the address of a pod, known only while it runs",
        { Test: "MeshHTTPRouteNamedRule" } when expected.Name.Contains("/unnamed", StringComparison.Ordinal) => "the suite expects the path of its other case, and does not check it in meshes",
        _ => null,
    };

    [SharedFact("oracle/conformance/requests.json")]
    public void StaticRequestsEndAsExpected()
    {
        var agreed = new SortedDictionary<string, (int Agreed, int All)>(StringComparer.Ordinal);
        var misses = new List<string>();
        var undecidable = new List<string>();
        foreach (ExpectedRequest expected in ExpectedRequest.All().Where(one => one.IsStatic))
        {
            Analysis analysis = expected.Load();
            IReadOnlyList<string> differences = [];
            foreach (string? serverName in ServerNames(expected, analysis))
            {
                TraceRequest request = expected.Request(serverName);
                RequestTrace trace = analysis.Trace(request);
                differences = [.. differences, .. RequestComparison.Differences(expected, request, trace)];
                if (differences.Count > 0 && Undecidable(expected) is { } reason)
                {
                    undecidable.Add($"not decidable: {expected.Kind} {expected.Name}: expected {string.Join("; ", differences)}; {reason}");
                    break;
                }
                if (differences.Count > 0)
                {
                    misses.Add($"{expected.Kind} {expected.Name}: expected {string.Join("; ", differences)}\n      {string.Join("\n      ", trace.Why)}");
                    break;
                }
            }
            (int good, int all) = agreed.GetValueOrDefault(expected.Kind);
            agreed[expected.Kind] = (good + (differences.Count == 0 ? 1 : 0), all + 1);
        }
        foreach ((string kind, (int good, int all)) in agreed)
        {
            output.WriteLine($"{kind}: {good} of {all}");
        }
        undecidable.ForEach(output.WriteLine);
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }

    /// <summary>The suite takes some server names from the first hostname of a route: that of the route whose listener treats TLS as expected.</summary>
    private static IEnumerable<string?> ServerNames(ExpectedRequest expected, Analysis analysis)
    {
        if (ExpectedRequest.Text(expected.Json.GetProperty("request"), "sniFrom") is null)
        {
            return [null];
        }
        bool isPassthrough = expected.Expect.TryGetProperty("backendIsTLS", out JsonElement isTls) && isTls.GetBoolean();
        var names = new List<string?>();
        foreach (StreamRoute route in analysis.Workspace.Resolver.All<StreamRoute>(ApiGroups.Gateway, "TLSRoute"))
        {
            if (analysis.Workspace.Resolver.Route(route).Parents.SelectMany(parent => parent.Listeners).Any(at => at.Listener.Listener.IsPassthrough == isPassthrough))
            {
                names.Add(route.Hostnames[0].Value);
            }
        }
        Assert.NotEmpty(names);
        return names;
    }
}
