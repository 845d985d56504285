using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Sending;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Requests;

/// <summary>What test requests came to, for people.</summary>
internal static class RequestText
{
    private const int LabelWidth = 10;
    private const int MaxBodyLines = 3;
    private const int MaxLine = 160;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    public static void Write(ClusterTarget target, TestResult result, TextWriter output, bool color)
    {
        var text = new Paragraph();
        TestRequest wire = result.Plan.Request;
        RequestTrace trace = result.Plan.Trace;
        text.Append(Printable.Of(target.Label) + "\n", Strong);
        string what = wire.IsBare ? wire.Protocol.ToString().ToUpperInvariant() + (wire.ServerName is { } name ? $" ({name})" : "")
            : wire.IsGrpc ? $"gRPC {(wire.IsTls ? "grpcs" : "grpc")}://{wire.Authority}{wire.Path}"
            : $"{wire.Method} {(wire.IsTls ? "https" : "http")}://{wire.Authority}{wire.Path}";
        Row(text, "sent", string.Create(CultureInfo.InvariantCulture, $"{result.Sent} x {what} to {wire.Address}:{wire.Port}"));
        Row(text, "way", $"listener {trace.Listener!.Name}{(trace.Route is { } route ? $", {route}" : ", no route")}{(trace.Rule is { } rule ? $", rule {rule + 1}" : "")}");
        if (trace.Redirect is { } redirect)
        {
            Row(text, "expected", string.Create(CultureInfo.InvariantCulture, $"{redirect.StatusCode} redirect to {redirect.Location}"));
        }
        else if (trace.Response is { } response)
        {
            Row(text, "expected", response.GrpcCode ?? (response.IsRejected ? "connection refused" : string.Join(" or ", response.StatusCodes)));
        }
        foreach ((string status, int count) in result.Statuses)
        {
            Row(text, "answers", string.Create(CultureInfo.InvariantCulture, $"{count} x {status}"), result.Unexpected > 0 && status.StartsWith('5') ? Bad : Style.Plain);
        }
        foreach ((string reason, int count) in result.Errors)
        {
            Row(text, "failed", string.Create(CultureInfo.InvariantCulture, $"{count} x {reason}"), Bad);
        }
        if (result.Sent > result.Errors.Values.Sum())
        {
            Row(text, "latency", string.Create(CultureInfo.InvariantCulture, $"half within {result.Median.TotalMilliseconds:0.0} ms, 99 % within {result.Slowest99.TotalMilliseconds:0.0} ms"));
        }
        if (result.CertificateProblem is { } problem)
        {
            Row(text, "TLS", $"the certificate is not to be trusted here: {problem}");
        }
        Backends(text, result);
        if (result.Sample is { } sample && !wire.IsGrpc)
        {
            foreach (string line in sample.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MaxBodyLines))
            {
                Row(text, "body", line.Length > MaxLine ? line[..MaxLine] + "..." : line.TrimEnd('\r'));
            }
        }
        Consoles.On(output, color).Write(text);
    }

    private static void Backends(Paragraph text, TestResult result)
    {
        int told = result.Backends.Sum(one => one.Count);
        foreach (BackendCount one in result.Backends)
        {
            string observed = told == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", got {one.Count} ({Share.Of(one.Count, told).Percent})");
            string pods = one.Pods.Count < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $" from {one.Pods.Count} pods");
            string note = one.Differs ? "  more off than chance explains" : one.Target.Problem is { } problem ? $"  fails: {problem}" : "";
            Row(text, "backend", $"{one.Target}: expected {one.Share.Percent}{observed}{pods}{note}", one.Differs ? Bad : told > 0 ? Good : Style.Plain);
        }
        if (result.Untold > 0 && !result.Backends.IsEmpty)
        {
            Row(text, "", string.Create(CultureInfo.InvariantCulture, $"{result.Untold} answers do not tell which backend gave them"));
        }
    }

    private static void Row(Paragraph text, string label, string value, Style? style = null)
    {
        text.Append("  " + label.PadRight(LabelWidth), Faint);
        text.Append(Printable.Of(value) + "\n", style);
    }
}
