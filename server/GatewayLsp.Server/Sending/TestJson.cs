using System.Globalization;
using System.Text.Json;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Sending;

/// <summary>The result of test requests for machines: <c>request --format json</c> and <c>gatewayLsp/sendRequest</c>.</summary>
internal static class TestJson
{
    private const int MaxBody = 4096;

    /// <summary>The members of an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, TestResult result)
    {
        TestRequest wire = result.Plan.Request;
        json.WriteString("address", string.Create(CultureInfo.InvariantCulture, $"{(wire.Address.Contains(':', StringComparison.Ordinal) ? $"[{wire.Address}]" : wire.Address)}:{wire.Port}"));
        json.WriteStartObject("request");
        json.WriteString("method", wire.Method);
        json.WriteString("host", Printable.WellFormed(wire.Authority));
        json.WriteString("path", Printable.WellFormed(wire.Path));
        json.WriteString("sni", wire.ServerName);
        json.WriteBoolean("grpc", wire.IsGrpc);
        json.WriteString("protocol", wire.Protocol.ToString().ToLowerInvariant());
        json.WriteEndObject();
        json.WriteStartObject("gateway");
        json.WriteString("listener", result.Plan.Trace.Listener?.Name);
        json.WriteString("route", result.Plan.Trace.Route?.ToString());
        if (result.Plan.Trace.Rule is { } rule)
        {
            json.WriteNumber("rule", rule);
        }
        json.WriteEndObject();
        json.WriteBoolean("asExpected", result.IsAsExpected);
        json.WriteStartArray("expected");
        foreach (BackendCount one in result.Backends)
        {
            json.WriteStartObject();
            json.WriteString("backend", one.Target.ToString());
            json.WriteNumber("share", one.Share.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("observed");
        foreach (BackendCount one in result.Backends)
        {
            json.WriteStartObject();
            json.WriteString("backend", one.Target.ToString());
            json.WriteNumber("count", one.Count);
            json.WriteBoolean("differs", one.Differs);
            json.WriteStartObject("pods");
            foreach ((string pod, int count) in one.Pods)
            {
                json.WriteNumber(Printable.WellFormed(pod), count);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("untold", result.Untold);
        json.WriteStartObject("statuses");
        foreach ((string status, int count) in result.Statuses)
        {
            json.WriteNumber(status, count);
        }
        json.WriteEndObject();
        json.WriteStartObject("latencyMs");
        json.WriteNumber("p50", Math.Round(result.Median.TotalMilliseconds, 2));
        json.WriteNumber("p99", Math.Round(result.Slowest99.TotalMilliseconds, 2));
        json.WriteEndObject();
        Sample(json, result.Sample);
        json.WriteStartArray("errors");
        foreach ((string reason, int count) in result.Errors)
        {
            json.WriteStartObject();
            json.WriteString("message", Printable.WellFormed(reason));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("certificate", result.CertificateProblem);
    }

    private static void Sample(Utf8JsonWriter json, TestAnswer? sample)
    {
        if (sample is null)
        {
            json.WriteNull("sample");
            return;
        }
        json.WriteStartObject("sample");
        json.WriteString("status", sample.Status);
        json.WriteStartArray("headers");
        foreach ((string name, string value) in sample.Headers)
        {
            json.WriteStartObject();
            json.WriteString("name", Printable.WellFormed(name));
            json.WriteString("value", Printable.WellFormed(value));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("body", Printable.WellFormed(sample.Body.Length > MaxBody ? sample.Body[..MaxBody] : sample.Body));
        json.WriteEndObject();
    }
}
