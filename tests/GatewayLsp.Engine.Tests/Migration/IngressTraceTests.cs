using System.Globalization;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>Converted Ingresses are accepted, and requests go where they went.</summary>
public sealed class IngressTraceTests(ITestOutputHelper output)
{
    private const string Nginx = "nginx.ingress.kubernetes.io/";

    public static TheoryData<string> Names => IngressTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void TheDryRunAcceptsTheResult(string name)
    {
        foreach (DocumentSlot slot in ManifestFile.Parse("out.yaml", Convert(name, out _).Manifest).Documents)
        {
            DryRunResult verdict = DryRun.Of(slot.Document, SchemaCatalog.Bundled, Channel.Standard);
            Assert.True(verdict.Accepted, $"{string.Join(", ", verdict.Causes.Select(c => $"{c.Field}: {c.Message}"))}\n{slot.Document.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RequestsGoWhereTheyWent(string name)
    {
        IngressConversion conversion = Convert(name, out ManifestFile file);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("out.yaml", conversion.Manifest));
        var analysis = new Analysis(host.Current);
        IngressReference reference = IngressReference.Read(file);
        int compared = 0, excused = 0;
        foreach (string hostname in reference.Hosts())
        {
            foreach (string path in reference.RequestPaths())
            {
                IngressTarget? target = reference.Find(hostname, path);
                foreach (TraceRequest request in Requests(analysis, reference, target, hostname, path))
                {
                    RequestTrace trace = analysis.Trace(request);
                    string expected = Expected(reference, target, request, path);
                    string actual = Actual(trace, target);
                    if (IsTold(conversion, reference, target, hostname, path))
                    {
                        excused++;
                        continue;
                    }
                    compared++;
                    Assert.True(expected == actual, $"{request.Scheme}://{hostname}:{request.Port}{path}\nexpected {expected}\ngot      {actual}\n{string.Join("\n", trace.Why)}");
                }
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {compared} requests the same, {excused} told of"));
        Assert.True(compared > 0 || conversion.Manifest.Length == 0 || excused > 0);
    }

    /// <summary>The request at each port of the Gateway that could take it.</summary>
    private static IEnumerable<TraceRequest> Requests(Analysis analysis, IngressReference reference, IngressTarget? target, string hostname, string path)
    {
        ManifestObject owner = target?.Ingress ?? reference.Ingresses[0];
        foreach (ObjectName gateway in analysis.Gateways())
        {
            if (gateway.Namespace != owner.NamespaceOrDefault || (analysis.Gateways().Count(one => one.Namespace == gateway.Namespace) > 1 && gateway.Name != owner.Name))
            {
                continue;
            }
            var ports = new HashSet<(string, int)>();
            foreach (YamlNode listener in Listeners(analysis, gateway))
            {
                string protocol = listener.At("protocol").Text()!;
                bool isTls = protocol != "HTTP";
                string? covered = listener.At("hostname").Text();
                if (isTls && covered is not null && covered != hostname && !(covered.StartsWith('*') && hostname.EndsWith(covered[1..], StringComparison.Ordinal)))
                {
                    continue;
                }
                // A gRPC call has a service and a method.
                if ((!IsGrpc(owner) || path.Count(c => c == '/') == 2) && ports.Add((protocol, int.Parse(listener.At("port").Text()!, CultureInfo.InvariantCulture))))
                {
                    yield return new TraceRequest
                    {
                        Gateway = gateway,
                        Host = hostname,
                        Path = path,
                        Port = int.Parse(listener.At("port").Text()!, CultureInfo.InvariantCulture),
                        Scheme = isTls ? "https" : "http",
                        Protocol = protocol == "TLS" ? TraceProtocol.Tls : IsGrpc(owner) ? TraceProtocol.Grpc : TraceProtocol.Http,
                    };
                }
            }
        }
    }

    private static IEnumerable<YamlNode> Listeners(Analysis analysis, ObjectName name) =>
        analysis.Workspace.Files.Values.SelectMany(f => f.Manifest.Documents).SelectMany(slot => ManifestObject.Of(slot.Document))
            .Where(one => one.Kind == "Gateway" && one.Name == name.Name && one.NamespaceOrDefault == name.Namespace)
            .SelectMany(one => ((YamlSequence)one.At("spec", "listeners")!).Items).Select(item => item.Resolved()!);

    private static string Expected(IngressReference reference, IngressTarget? target, TraceRequest request, string path)
    {
        if (target is null)
        {
            return "404";
        }
        ManifestObject ingress = target.Ingress;
        bool isShared = ingress.At("spec", "ingressClassName").Text() == "nginx";
        bool isSecured = reference.Ingresses.Any(one => (isShared || ReferenceEquals(one, ingress)) && one.NamespaceOrDefault == ingress.NamespaceOrDefault && IngressReference.HasTls(one, request.Host)) || IngressReference.Annotation(ingress, "alb.ingress.kubernetes.io/ssl-redirect") is not null;
        bool redirects = IngressReference.Annotation(ingress, Nginx + "ssl-redirect") != "false" && ingress.At("spec", "ingressClassName").Text() == "nginx"
            || IngressReference.Annotation(ingress, "alb.ingress.kubernetes.io/ssl-redirect") is not null
            || IngressReference.Annotation(ingress, "networking.gke.io/v1beta1.FrontendConfig") is not null;
        if (request.Scheme == "http" && isSecured && redirects)
        {
            return "to https";
        }
        if (IngressReference.Annotation(ingress, Nginx + "permanent-redirect") is not null || IngressReference.Annotation(ingress, Nginx + "temporal-redirect") is not null
            || (path == "/" && IngressReference.Annotation(ingress, Nginx + "app-root") is not null)
            || IngressReference.Annotation(ingress, $"alb.ingress.kubernetes.io/actions.{target.Service}")?.Contains("redirect", StringComparison.Ordinal) == true)
        {
            return "redirect";
        }
        return $"{ingress.NamespaceOrDefault}/{target.Service}:{target.Port}";
    }

    /// <summary>The target's own backend, or an action in its place, among those that get the request.</summary>
    private static string Actual(RequestTrace trace, IngressTarget? target)
    {
        if (trace.Redirect is { } redirect)
        {
            return redirect.Scheme == "https" && trace.Route!.Name.Contains("-to-https", StringComparison.Ordinal) ? "to https" : "redirect";
        }
        if (trace.Response is { } response)
        {
            return response.StatusCodes.Contains(404) ? "404" : TraceCheck.Summary(trace);
        }
        if (target is not null && IngressReference.Annotation(target.Ingress, $"alb.ingress.kubernetes.io/actions.{target.Service}") is { } action
            && trace.Backends.All(backend => action.Contains($"\"serviceName\":\"{backend.Target.Name}\"", StringComparison.Ordinal)))
        {
            return $"{target.Ingress.NamespaceOrDefault}/{target.Service}:{target.Port}";
        }
        return string.Join(", ", trace.Backends.Where(backend => !backend.Share.IsNone).Take(1).Select(backend => backend.Target.ToString()));
    }

    /// <summary>
    /// A request that a note is about: one that the Ingress, or the same Ingress by a path of a wider type, gives to a path with a note.
    /// </summary>
    private static bool IsTold(IngressConversion conversion, IngressReference reference, IngressTarget? target, string hostname, string path)
    {
        bool At(YamlNode node, ManifestObject one) => conversion.Notes.Any(note => ReferenceEquals(note.Object, one) && node.Span.Contains(note.Span.Start));
        if (target is not null && At(target.Node, target.Ingress))
        {
            return true;
        }
        if (target is not null && conversion.Notes.Any(note => ReferenceEquals(note.Object, target.Ingress)
            && (note.Subject.EndsWith($"actions.{target.Service}", StringComparison.Ordinal) || note.Subject.EndsWith($"conditions.{target.Service}", StringComparison.Ordinal)
                || note.Subject.EndsWith("-redirect", StringComparison.Ordinal))))
        {
            return true;
        }
        return reference.Paths.Any(other => (other.Host is null || other.Host == hostname || other.Host[0] == '*') && At(other.Node, other.Ingress)
            && path.StartsWith(other.Path.Split('*', '(')[0].TrimEnd('/'), StringComparison.Ordinal) && other.Path != "/");
    }

    private static bool IsGrpc(ManifestObject ingress) => IngressReference.Annotation(ingress, Nginx + "backend-protocol") == "GRPC"
        || IngressReference.Annotation(ingress, "alb.ingress.kubernetes.io/backend-protocol-version") == "GRPC";

    private static IngressConversion Convert(string name, out ManifestFile file)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("in.yaml", File.ReadAllText(Path.Combine(IngressTests.Fixtures, name + ".yaml"))));
        file = host.Current.File("in.yaml")!.Manifest;
        return new Analysis(host.Current).ConvertIngresses(["in.yaml"]);
    }
}
