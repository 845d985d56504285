using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Sending;

/// <summary>What somebody wants to send: a request, or a rule of a route whose match tells what fits it.</summary>
/// <param name="Request">Null when the rule tells.</param>
/// <param name="Rule">0-based place in the route's <c>spec.rules</c>.</param>
internal sealed record TestWish(TraceRequest? Request, ObjectKey? Route, int Rule, int Count)
{
    public const int DefaultCount = 20;
    public const int MaxCount = 10_000;

    /// <summary>Where to connect in place of the Gateway's address.</summary>
    public string? Address { get; init; }

    /// <summary>What to say over a bare connection, or in a datagram.</summary>
    public string? Data { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Reads the cluster, sends, compares.</summary>
internal static class TestRun
{
    /// <summary>The result, or why there is none.</summary>
    public static async Task<(TestResult? Result, string Problem)> RunAsync(IClusterClient client, TestWish wish, CancellationToken cancellation)
    {
        string[] namespaces = [.. new[] { wish.Route?.Namespace, wish.Request?.Gateway?.Namespace, client.Target.Namespace }.OfType<string>().Distinct(StringComparer.Ordinal)];
        ObservedCluster cluster = await ClusterReader.ReadAsync(client, namespaces, TimeProvider.System, cancellation).ConfigureAwait(false);
        if (cluster.Error is { } error)
        {
            return (null, error.Message);
        }
        Analysis live = LiveAnalysis.Of(cluster);
        TraceRequest? request = wish.Request;
        string problem = "";
        if (wish.Route is { } route)
        {
            if (cluster.Find(route) is null)
            {
                return (null, $"There is no {route.Kind} {route.Namespace}/{route.Name} at {client.Target.Label}.");
            }
            if (LiveAnalysis.Sample(live, route, wish.Rule) is not { } sample)
            {
                return (null, $"{route.Kind} {route.Namespace}/{route.Name} has no rule {wish.Rule + 1}, or no Gateway takes it.");
            }
            request = RequestLine.Parse(sample.Text, out problem) is { } parsed ? parsed with { Gateway = sample.Gateway, ClientNamespace = sample.ClientNamespace } : null;
        }
        else if (request is { Gateway: null })
        {
            var gateways = live.Gateways();
            if (gateways.Length != 1)
            {
                return (null, gateways.IsEmpty ? $"There is no Gateway at {client.Target.Label}."
                    : $"{client.Target.Label} has several Gateways; name one: {string.Join(", ", gateways.Take(10))}{(gateways.Length > 10 ? " and more" : "")}");
            }
            request = request with { Gateway = gateways[0] };
        }
        if (request is null || TestPlan.Make(cluster, live, request, wish.Address, wish.Data, out problem) is not { } plan)
        {
            return (null, problem);
        }
        using var sender = new RequestSender(plan.Request, wish.Timeout);
        TestAnswer[] answers = await sender.SendAsync(wish.Count, cancellation).ConfigureAwait(false);
        return (TestResult.Of(plan, answers), "");
    }
}
