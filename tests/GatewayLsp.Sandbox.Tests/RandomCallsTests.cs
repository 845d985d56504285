using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Random calls, in order, to a real API server and to the sandbox: codes, reasons, causes and objects are the same.</summary>
public sealed class RandomCallsTests(ITestOutputHelper output)
{
    private const int Calls = 2000;
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";
    private const string Patch = "application/json-patch+json";
    private const string Plain = "application/json";

    /// <summary>Only kinds that are custom resources on a real server too: the small server of the tests makes them of all.</summary>
    private static readonly (string Path, string ApiVersion, string Kind)[] Kinds =
    [
        ("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes", "gateway.networking.k8s.io/v1", "HTTPRoute"),
        ("/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways", "gateway.networking.k8s.io/v1", "Gateway"),
    ];

    /// <summary>Some are wrong: a bad value, an unknown field, a rule broken.</summary>
    private static readonly string[][] Specs =
    [
        [
            """{"hostnames":["a.example"]}""", """{"hostnames":["a.example","b.example"],"parentRefs":[{"name":"gw"}]}""", "{}", """{"hostnames":["a b"]}""", """{"bogus":1}""",
            """{"parentRefs":[{"name":"gw","sectionName":"web"},{"name":"gw","sectionName":"tls"}]}""", """{"rules":[{"backendRefs":[{"name":"s","port":80,"weight":3}]}]}""",
            """{"rules":[{"name":"x","filters":[{"type":"RequestHeaderModifier","requestHeaderModifier":{"add":[{"name":"a","value":"b"}],"set":[{"name":"c","value":"d"}]}}]}]}""",
            """{"rules":[{"backendRefs":[{"name":"s"}]}]}""", """{"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"nope"}}]}]}""", """{"hostnames":"text"}""",
        ],
        [
            """{"gatewayClassName":"c","listeners":[{"name":"web","port":80,"protocol":"HTTP"}]}""",
            """{"gatewayClassName":"c","listeners":[{"name":"web","port":8080,"protocol":"HTTP","hostname":"a.example"},{"name":"other","port":81,"protocol":"HTTP"}]}""",
            """{"gatewayClassName":"d","listeners":[{"name":"other","port":82,"protocol":"HTTP","allowedRoutes":{"namespaces":{"from":"All"}}}]}""",
            """{"gatewayClassName":"c","listeners":[{"name":"web","port":0,"protocol":"HTTP"}]}""", """{"gatewayClassName":"c","listeners":[]}""",
            """{"gatewayClassName":"c","listeners":[{"name":"web","port":80,"protocol":"HTTP"}],"infrastructure":{"labels":{"l":"1"}}}""",
            """{"gatewayClassName":"c","addresses":[{"value":"1.2.3.4"}],"listeners":[{"name":"web","port":80,"protocol":"HTTP"}]}""",
        ],
    ];

    private static readonly string[] Labels = ["", ",\"labels\":{\"x\":\"1\"}", ",\"labels\":{\"x\":\"2\",\"y\":\"1\"}", ",\"labels\":{\"x\":\"a b\"}", ",\"annotations\":{\"n\":\"1\"}", ",\"finalizers\":[\"example.com/f\"]"];

    private sealed record Call(string Method, string Path, string? Body, string Type);

    [ClusterFact(OnlyRealServers = "it would be compared with itself")]
    public async Task BothServersAnswerTheSame()
    {
        using RealCluster real = RealCluster.Start();
        var root = new Uri(Regex.Match(await File.ReadAllTextAsync(real.KubeConfig), "server: (https://\\S+)").Groups[1].Value);
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        await using RunningSandbox sandbox = await RunningSandbox.Start(isBare: true);
        Task<ApiAnswer> ask(bool isReal, string method, string path, string? body = null, string type = Plain) =>
            isReal ? RunningSandbox.Send(http, new Uri(root, path), method, body, type, "eks-admin", null) : sandbox.Eks(method, path, body, type);
        var random = new Random(20261123);
        var misses = new List<string>();
        var codes = new SortedDictionary<int, int>();
        for (int i = 0; i < Calls; i++)
        {
            Call call = Next(random);
            var answers = new List<ApiAnswer>();
            foreach (bool isReal in (bool[])[true, false])
            {
                string? body = call.Body;
                if (body is not null && body.Contains("$RV", StringComparison.Ordinal))
                {
                    ApiAnswer now = await ask(isReal, "GET", call.Path.Split('?')[0]);
                    body = body.Replace("$RV", now.At("metadata", "resourceVersion").Text() ?? "", StringComparison.Ordinal);
                }
                answers.Add(await ask(isReal, call.Method, call.Path, body, call.Type));
            }
            codes[answers[0].Status] = codes.GetValueOrDefault(answers[0].Status) + 1;
            List<string> differences = ServerComparison.Differences(answers[0], answers[1]);
            if (differences.Count > 0)
            {
                misses.Add($"#{i} {call.Method} {call.Path} {call.Body}: {string.Join("; ", differences)}");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Calls - misses.Count} of {Calls} answers are the same; codes {string.Join(", ", codes.Select(code => $"{code.Key}: {code.Value}"))}"));
        misses.ForEach(output.WriteLine);
        Assert.Empty(misses);
    }

    private static Call Next(Random random)
    {
        T one<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        int kind = random.Next(Kinds.Length);
        (string path, string apiVersion, string kindName) = Kinds[kind];
        string name = one(["n1", "n2", "n3"]);
        string whole(string metadata, string spec) => $"{{\"apiVersion\":\"{apiVersion}\",\"kind\":\"{kindName}\",\"metadata\":{{\"name\":\"{name}\"{metadata}}},\"spec\":{spec}}}";
        string manager = one(["one", "two", "three"]);
        string more = one(["", "", "", "", "&fieldValidation=Strict", "&fieldValidation=Ignore", "&dryRun=All"]);
        string spec = one(Specs[kind]), labels = one(Labels);
        string query = $"?fieldManager={manager}{more}";
        return random.Next(12) switch
        {
            0 or 1 => new Call("POST", path + query, whole(labels, spec), Plain),
            2 or 3 => new Call("PUT", $"{path}/{name}{query}", whole(labels + one([",\"resourceVersion\":\"$RV\"", ",\"resourceVersion\":\"$RV\"", ",\"resourceVersion\":\"1\"", ""]), spec), Plain),
            4 or 5 => new Call("PATCH", $"{path}/{name}{query}", one(
                [$"{{\"spec\":{spec}}}", "{\"metadata\":{\"labels\":{\"x\":\"3\"}}}", "{\"metadata\":{\"labels\":null,\"finalizers\":null}}", $"{{\"spec\":null}}", "{}", "[]"]), Merge),
            6 => new Call("PATCH", $"{path}/{name}{query}", one(
            [
                "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"x\":\"4\"}}]", "[{\"op\":\"remove\",\"path\":\"/metadata/labels/x\"}]", $"[{{\"op\":\"replace\",\"path\":\"/spec\",\"value\":{spec}}}]",
                "[{\"op\":\"test\",\"path\":\"/metadata/name\",\"value\":\"n1\"}]", "[{\"op\":\"what\",\"path\":\"/x\"}]", "{}",
            ]), Patch),
            7 or 8 or 9 => new Call("PATCH", $"{path}/{name}{query}{one(["", "", "&force=true"])}", whole(labels, spec), Apply),
            10 => new Call("DELETE", $"{path}/{name}", one([null, null, "{\"preconditions\":{\"uid\":\"no\"}}", "{\"dryRun\":[\"All\"]}"]), Plain),
            _ => one<Call>(
            [
                new Call("GET", path, null, ""), new Call("GET", $"{path}/{name}", null, ""), new Call("GET", $"{path}?labelSelector=x%3D1", null, ""), new Call("GET", $"{path}?labelSelector=x%20in%20(1,2),!y", null, ""),
                new Call("GET", $"{path}?fieldSelector=metadata.name%3Dn1", null, ""), new Call("GET", $"{path}?labelSelector=%3D%3D", null, ""), new Call("PATCH", $"{path}/{name}/status{query}", "{\"status\":{\"parents\":[]}}", Merge),
            ]),
        };
    }
}
