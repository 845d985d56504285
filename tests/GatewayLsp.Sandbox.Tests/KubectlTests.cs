using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.State;
using GatewayLsp.Testing;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Runs where kubectl is on the PATH.</summary>
internal sealed class KubectlFactAttribute : FactAttribute
{
    /// <summary>kubectl itself first; installations of cloud tools have older ones beside it, as <c>kubectl.1.32</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(folder => File.Exists(Path.Combine(folder, "kubectl"))).Take(1)
            .Select(folder => File.ResolveLinkTarget(Path.Combine(folder, "kubectl"), returnFinalTarget: true)?.FullName ?? Path.Combine(folder, "kubectl"))
            .SelectMany(file => (string[])[file, .. Directory.GetFiles(Path.GetDirectoryName(file)!, "kubectl.1.*").Order(StringComparer.Ordinal)]),
    ];

    public KubectlFactAttribute()
    {
        if (All.Count == 0)
        {
            Skip = "kubectl is not on the PATH";
        }
    }
}

/// <summary>The sandbox as the real kubectl sees it.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("gateway-sandbox-kubectl").FullName;
    private RunningSandbox _running = null!;

    public async Task InitializeAsync()
    {
        _running = await RunningSandbox.Start(Channel.Standard);
        new StateDirectory(_home).WriteKubeconfig(_running.Sandbox.Clusters.Select(one => (one.Cluster, one.Port, one.Token)), _running.Sandbox.Authority.Pem);
    }

    public async Task DisposeAsync()
    {
        await _running.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [KubectlFact]
    public async Task TheDayOfAnObject()
    {
        string samples = Path.Combine(SharedFiles.Root, "samples", "multi-cluster");
        Assert.Contains("httproute.gateway.networking.k8s.io/split serverside-applied", await Fine("apply", "--server-side", "-f", samples));
        Assert.Contains("gateway.gateway.networking.k8s.io/front condition met", await Fine("wait", "--for=condition=Programmed", "gateway/front", "-n", "demo", "--timeout=20s"));
        Assert.Contains("successfully rolled out", await Fine("rollout", "status", "deployment/helloworld-v1", "-n", "demo", "--timeout=20s"));

        string[] gateway = Rows(await Fine("get", "gateway", "-n", "demo"));
        Assert.Equal(["NAME", "CLASS", "ADDRESS", "PROGRAMMED", "AGE"], Words(gateway[0]));
        Assert.Equal(["front", "sandbox", "True"], Words(gateway[1]).Where((_, at) => at is 0 or 1 or 3));
        string[] routes = Rows(await Fine("get", "httproutes", "split", "-n", "demo"));
        Assert.Equal(["NAME", "HOSTNAMES", "AGE"], Words(routes[0]));
        Assert.Equal(["split", "[\"split.demo.example\"]"], Words(routes[1])[..2]);

        Assert.Contains("FIELD: weight <integer>", await Fine("explain", "httproute.spec.rules.backendRefs.weight"));

        string changed = Path.Combine(_home, "split.yaml");
        await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(Path.Combine(samples, "30-split.yaml"))).Replace("weight: 80", "weight: 70", StringComparison.Ordinal));
        (int exit, string difference) = await Kubectl("diff", "--server-side", "-f", changed);
        Assert.Equal(1, exit);
        Assert.Matches(@"(?m)^-\s+weight: 80$", difference);
        Assert.Matches(@"(?m)^\+\s+weight: 70$", difference);
        Assert.Equal("80", await Weight());
        await Fine("apply", "--server-side", "-f", changed);
        Assert.Equal("70", await Weight());
        Assert.Equal(0, (await Kubectl("diff", "--server-side", "-f", changed)).Exit);

        await Fine("label", "httproute", "split", "-n", "demo", "seen=yes");
        Assert.Contains("split", await Fine("get", "httproute", "-n", "demo", "-l", "seen=yes"));
        await Fine("scale", "deployment/helloworld-v1", "-n", "demo", "--replicas=1");
        Assert.Contains("deleted", await Fine("delete", "-f", changed));
        await Fine("wait", "--for=delete", "httproute/split", "-n", "demo", "--timeout=10s");
        (exit, string problem) = await Kubectl("get", "httproute", "split", "-n", "demo");
        Assert.Equal(1, exit);
        Assert.Contains("Error from server (NotFound): httproutes.gateway.networking.k8s.io \"split\" not found", problem);
    }

    /// <summary>Without server-side apply kubectl makes the patch itself, with what OpenAPI says of lists.</summary>
    [KubectlFact]
    public async Task AFileThatIsAppliedTwiceIsUnchanged()
    {
        string file = Path.Combine(_home, "twice.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: default}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 81}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}], env: [{name: A, value: b}], volumeMounts: [{name: v, mountPath: /v}]}]
                  volumes: [{name: v, emptyDir: {}}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web, namespace: default}
            data: {a: b}
            """);
        foreach (string program in KubectlFactAttribute.All)
        {
            Assert.Contains("service/web created", await With(program, "apply", "-f", file));
            await With(program, "rollout", "status", "deployment/web", "--timeout=20s");
            Assert.Equal(["service/web unchanged", "deployment.apps/web unchanged", "configmap/web unchanged"], Rows(await With(program, "apply", "-f", file)));
            await With(program, "delete", "-f", file);
        }
    }

    [KubectlFact]
    public async Task TablesAreThoseOfARealServer()
    {
        string samples = Path.Combine(SharedFiles.Root, "samples", "multi-cluster");
        await Fine("apply", "--server-side", "-f", samples);
        await Fine("rollout", "status", "deployment/helloworld-v1", "-n", "demo", "--timeout=20s");
        await _running.Settle();
        async Task<string[]> Table(params string[] what)
        {
            string[] rows = Rows(await Fine(["get", .. what, "-n", "demo"]));
            return [.. rows.Select(row => Regex.Replace(row.TrimEnd(), "  +", "|"))];
        }
        string[] pods = await Table("pods", "-l", "app=helloworld,version=v1");
        Assert.Equal("NAME|READY|STATUS|RESTARTS|AGE", pods[0]);
        Assert.Matches(@"^helloworld-v1-\w+-\w+\|1/1\|Running\|0\|\d+s$", pods[1]);
        Assert.Equal("NAME|READY|STATUS|RESTARTS|AGE|IP|NODE|NOMINATED NODE|READINESS GATES", (await Table("pods", "-o", "wide"))[0]);
        string[] deployments = await Table("deployments", "helloworld-v1");
        Assert.Equal("NAME|READY|UP-TO-DATE|AVAILABLE|AGE", deployments[0]);
        Assert.Matches(@"^helloworld-v1\|(\d)/\1\|\1\|\1\|\d+s$", deployments[1]);
        string[] services = await Table("services", "helloworld");
        Assert.Equal("NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE", services[0]);
        Assert.Matches(@"^helloworld\|ClusterIP\|10\.100\.[\d.]+\|<none>\|80/TCP\|\d+s$", services[1]);
        Assert.Equal("NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE|SELECTOR", (await Table("services", "-o", "wide"))[0]);
        Assert.Matches(@"^front\|sandbox\|127[\d.]+\|True\|\d+s$", (await Table("gateways"))[1]);
        Assert.Equal("NAME|DATA|AGE", (await Table("configmaps"))[0] is var head && head.StartsWith("No resources", StringComparison.Ordinal) ? "NAME|DATA|AGE" : head);
        Assert.Matches(@"^sandbox-eks-node\|Ready\|<none>\|\d+s\|v1", (await Table("nodes"))[1]);
    }

    [KubectlFact]
    public async Task ADefinitionIsWaitedForAndOthersAreActedFor()
    {
        string file = Path.Combine(_home, "crd.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: cats.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Cat, plural: cats}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
            """);
        await Fine("apply", "--server-side", "-f", file);
        Assert.Contains("condition met", await Fine("wait", "--for=condition=Established", "crd/cats.example.com", "--timeout=5s"));
        (int exit, string text) = await Kubectl("get", "pods", "--as", "somebody");
        Assert.Equal(1, exit);
        Assert.Contains("User \"somebody\" cannot list resource \"pods\"", text);
        await Fine("get", "pods", "--as", "sandbox-viewer");
        (_, text) = await Kubectl("create", "namespace", "x", "--as", "sandbox-viewer");
        Assert.Contains("User \"sandbox-viewer\" cannot create resource \"namespaces\"", text);
    }

    [KubectlFact]
    public async Task WhatIsWrongIsToldAsByARealServer()
    {
        string file = Path.Combine(_home, "wrong.yaml");
        await File.WriteAllTextAsync(file, "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: wrong, namespace: default}\nspec: {hostnames: [a b]}\n");
        (int exit, string text) = await Kubectl("apply", "--server-side", "-f", file);
        Assert.Equal(1, exit);
        Assert.Contains("The HTTPRoute \"wrong\" is invalid", text);
        Assert.Contains("spec.hostnames[0]", text);
        await File.WriteAllTextAsync(file, "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: wrong, namespace: default}\nspec: {hostname: a.example}\n");
        (exit, text) = await Kubectl("apply", "--server-side", "-f", file);
        Assert.Equal(1, exit);
        Assert.Contains("hostname", text);
    }

    /// <summary>From 1.32 on kubectl sends what it makes itself in protobuf, before in JSON.</summary>
    [KubectlFact]
    public async Task WhatKubectlMakesItselfIsTaken()
    {
        foreach (string program in KubectlFactAttribute.All)
        {
            Assert.Contains("namespace/made created", await With(program, "create", "namespace", "made"));
            Assert.Equal("yes", (await With(program, "auth", "can-i", "create", "httproutes.gateway.networking.k8s.io", "-n", "made")).Trim());
            Assert.Contains("sandbox-admin", await With(program, "auth", "whoami"));
            await With(program, "create", "deployment", "web", "-n", "made", "--image=web:2", "--replicas=2", "--port=8080");
            await With(program, "expose", "deployment", "web", "-n", "made", "--port=80", "--target-port=8080");
            await With(program, "create", "secret", "generic", "key", "-n", "made", "--from-literal=a=b");
            await With(program, "rollout", "status", "deployment/web", "-n", "made", "--timeout=20s");
            Assert.Equal("2 8080 Yg==", $"{await With(program, "get", "deployment", "web", "-n", "made", "-o", "jsonpath={.status.readyReplicas}")} "
                + $"{await With(program, "get", "service", "web", "-n", "made", "-o", "jsonpath={.spec.ports[0].targetPort}")} {await With(program, "get", "secret", "key", "-n", "made", "-o", "jsonpath={.data.a}")}");
            await With(program, "run", "lonely", "-n", "made", "--image=web:2", "--restart=Never");
            Assert.Contains("deleted", await With(program, "delete", "pod", "lonely", "-n", "made"));
            Assert.Contains("Name:", await With(program, "describe", "service", "web", "-n", "made"));
            Assert.Contains("deleted", await With(program, "delete", "namespace", "made"));
        }
    }

    private async Task<string> Weight() => (await Fine("get", "httproute", "split", "-n", "demo", "-o", "jsonpath={.spec.rules[0].backendRefs[0].weight}")).Trim();

    private static string[] Rows(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Words(string row) => row.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task<string> Fine(params string[] arguments) => With("kubectl", arguments);

    private async Task<string> With(string program, params string[] arguments)
    {
        (int exit, string text) = await Run(program, arguments);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}: {text}");
        return text;
    }

    private Task<(int Exit, string Text)> Kubectl(params string[] arguments) => Run("kubectl", arguments);

    /// <summary>Output and errors together, as a terminal shows them.</summary>
    private async Task<(int Exit, string Text)> Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _home };
        foreach (string argument in (string[])["--kubeconfig", Path.Combine(_home, "kubeconfig"), "--context", "sandbox-eks", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        // Its discovery cache goes where the test ends with it.
        start.Environment["HOME"] = _home;
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"kubectl {string.Join(' ', arguments)} did not end");
        }
    }
}
