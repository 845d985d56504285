using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Compares a trace with what the conformance suite expects, every field that the suite checks.</summary>
internal static class RequestComparison
{
    public static IReadOnlyList<string> Differences(ExpectedRequest expected, TraceRequest request, RequestTrace trace)
    {
        var found = new List<string>();
        JsonElement expect = expected.Expect;
        int[] codes = trace.Response is { } answer ? [.. answer.StatusCodes] : [200];
        bool isRejected = trace.Response is { IsRejected: true };
        switch (ExpectedRequest.Text(expect, "outcome"))
        {
            case "response" when expected.Kind is "grpc":
                Check(found, "grpcCode", ExpectedRequest.Text(expect, "grpcCode")!, trace.Response?.GrpcCode ?? "OK");
                break;
            case "response" when expect.TryGetProperty("statusCodes", out JsonElement allowed):
                int[] wanted = [.. allowed.EnumerateArray().Select(code => code.GetInt32())];
                if (isRejected || !codes.All(wanted.Contains))
                {
                    found.Add($"status {string.Join('|', wanted)}, got {(isRejected ? "rejected" : string.Join('|', codes))}");
                }
                break;
            case "response" when isRejected:
                found.Add("response, got rejected");
                break;
            case "connectionRejected" when !isRejected:
                found.Add("rejected, got a connection");
                break;
            case "notOK" or "failure" when codes.Contains(200) && !isRejected:
                found.Add("a failure, got success");
                break;
        }
        bool succeeds = trace.Response is null;
        if (succeeds)
        {
            CheckBackend(found, expect, trace);
            CheckUpstream(found, expect, trace);
        }
        CheckRedirect(found, expect, trace);
        CheckMirrors(found, expect, trace);
        CheckShares(found, expect, trace);
        CheckResponseHeaders(found, expect, request, trace);
        return found;
    }

    private static void CheckBackend(List<string> found, JsonElement expect, RequestTrace trace)
    {
        string? name = ExpectedRequest.Text(expect, "backend") ?? ExpectedRequest.Text(expect, "service");
        if (name is not null && !trace.Backends.Any(backend => backend.Target.Name == name && !backend.Share.IsNone && backend.Target.IsValid))
        {
            found.Add($"backend {name}, got {string.Join(", ", trace.Backends.Select(backend => backend.Target))}");
        }
        if (ExpectedRequest.Text(expect, "namespace") is { } ns && trace.Backends.Any(backend => backend.Target.Namespace != ns))
        {
            found.Add($"namespace {ns}");
        }
    }

    private static void CheckUpstream(List<string> found, JsonElement expect, RequestTrace trace)
    {
        if (!expect.TryGetProperty("backendRequest", out JsonElement wanted))
        {
            return;
        }
        if (trace.Upstream is not { } upstream)
        {
            found.Add("an upstream request");
            return;
        }
        Check(found, "path", ExpectedRequest.Text(wanted, "path") ?? upstream.Path, upstream.Path);
        Check(found, "method", ExpectedRequest.Text(wanted, "method") ?? upstream.Method, upstream.Method);
        Check(found, "host", ExpectedRequest.Text(wanted, "host") ?? upstream.Host, upstream.Host);
        Check(found, "sni", ExpectedRequest.Text(wanted, "sni") ?? upstream.ServerName, upstream.ServerName);
        CheckHeaders(found, wanted, "headers", "absentHeaders", upstream.Headers);
    }

    private static void CheckRedirect(List<string> found, JsonElement expect, RequestTrace trace)
    {
        if (!expect.TryGetProperty("redirect", out JsonElement wanted))
        {
            return;
        }
        if (trace.Redirect is not { } redirect)
        {
            found.Add("a redirect");
            return;
        }
        Check(found, "scheme", ExpectedRequest.Text(wanted, "scheme") ?? redirect.Scheme, redirect.Scheme);
        Check(found, "host", ExpectedRequest.Text(wanted, "host") ?? redirect.Host, redirect.Host);
        Check(found, "path", ExpectedRequest.Text(wanted, "path") ?? redirect.Path, redirect.Path);
        string? port = redirect.Port?.ToString(CultureInfo.InvariantCulture);
        // A suite that names host and scheme looks at the whole Location, where a port must not turn up unasked.
        bool isWhole = wanted.TryGetProperty("host", out _) && wanted.TryGetProperty("scheme", out _);
        Check(found, "port", ExpectedRequest.Text(wanted, "port") ?? (isWhole ? null : port), port);
    }

    private static void CheckMirrors(List<string> found, JsonElement expect, RequestTrace trace)
    {
        if (!expect.TryGetProperty("mirroredTo", out JsonElement wanted))
        {
            return;
        }
        foreach (JsonElement one in wanted.EnumerateArray())
        {
            double percent = one.TryGetProperty("percent", out JsonElement given) ? given.GetDouble() : 100;
            if (!trace.Mirrors.Any(mirror => mirror.Target.Name == ExpectedRequest.Text(one, "name") && mirror.Target.Namespace == ExpectedRequest.Text(one, "namespace")
                && Math.Abs((mirror.Share.Value * 100) - percent) < 1e-9))
            {
                found.Add($"mirror {one}");
            }
        }
    }

    private static void CheckShares(List<string> found, JsonElement expect, RequestTrace trace)
    {
        if (!expect.TryGetProperty("weightedDistribution", out JsonElement wanted))
        {
            return;
        }
        foreach (JsonProperty one in wanted.EnumerateObject())
        {
            double share = trace.Backends.Where(backend => backend.Target.Name == one.Name).Sum(backend => backend.Share.Value);
            if (Math.Abs(share - one.Value.GetDouble()) > 1e-9)
            {
                found.Add($"share {one}, got {share}");
            }
        }
    }

    private static void CheckResponseHeaders(List<string> found, JsonElement expect, TraceRequest request, RequestTrace trace)
    {
        HeaderList headers = HeaderList.Empty;
        if (trace.Response is { } response)
        {
            headers = response.Headers;
        }
        else
        {
            if (expect.TryGetProperty("backendSetResponseHeaders", out JsonElement sent))
            {
                headers = HeaderList.Of(sent.EnumerateObject().Select(one => new KeyValuePair<string, string>(one.Name, one.Value.GetString()!)));
            }
            foreach (TracedFilter filter in (TracedFilter[])[.. trace.Filters, .. trace.Backends.SelectMany(backend => backend.Filters)])
            {
                headers = filter switch
                {
                    HeaderModifierFilter { Type: HeaderModifierFilter.OfResponse } modifier => modifier.Apply(headers),
                    CorsFilter cors => HeaderList.Of([.. headers, .. cors.ResponseHeaders(request.Headers, isPreflight: false)]),
                    _ => headers,
                };
            }
        }
        CheckHeaders(found, expect, "responseHeaders", "absentResponseHeaders", headers);
        if (expect.TryGetProperty("validResponseHeaderValues", out JsonElement valid))
        {
            foreach (JsonProperty one in valid.EnumerateObject())
            {
                string[] values = [.. one.Value.EnumerateArray().Select(value => value.GetString()!)];
                if (!values.Contains(headers.Find(one.Name)))
                {
                    found.Add($"{one.Name}: {string.Join(" or ", values)}, got {headers.Find(one.Name)}");
                }
            }
        }
    }

    private static void CheckHeaders(List<string> found, JsonElement expect, string present, string absent, HeaderList headers)
    {
        if (expect.TryGetProperty(present, out JsonElement wanted))
        {
            foreach (JsonProperty one in wanted.EnumerateObject())
            {
                Check(found, one.Name, one.Value.GetString(), headers.Find(one.Name));
            }
        }
        if (expect.TryGetProperty(absent, out JsonElement unwanted))
        {
            foreach (JsonElement one in unwanted.EnumerateArray())
            {
                Check(found, one.GetString()!, null, headers.Find(one.GetString()!));
            }
        }
    }

    private static void Check(List<string> found, string what, string? expected, string? actual)
    {
        if (expected != actual)
        {
            found.Add($"{what} {expected ?? "absent"}, got {actual ?? "none"}");
        }
    }
}
