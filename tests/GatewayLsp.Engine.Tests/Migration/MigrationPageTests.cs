using System.Text;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary><c>docs/migration.md</c> says what the code does.</summary>
public class MigrationPageTests
{
    private const string Start = "<!-- annotations: made from KnownAnnotations.cs by the tests; UPDATE_BASELINES=1 writes it anew -->\n";
    private const string End = "<!-- end of annotations -->\n";

    private static readonly string File = Path.Combine(SharedFiles.Root, "server", "docs", "migration.md");

    [Fact]
    public void PageHasTheAnnotationsOfTheCode()
    {
        string page = System.IO.File.ReadAllText(File);
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        string wanted = Table();
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            System.IO.File.WriteAllText(File, page[..start] + wanted + page[end..]);
            return;
        }
        Assert.Equal(wanted, page[start..end]);
    }

    [Theory]
    [InlineData("BackendPolicy", "certificateAuthorityRef", "options", "controller", "scope", "routes", "selector", "namespaces", "certificateRef", "routeOverride")]
    [InlineData("gateways", "allow", "gatewayRefs", "forwardTo", "backendRef", "serviceName", "values", "extensionRef", "add", "set", "requestMirror", "spec.tls")]
    [InlineData("snis", "matches", "status.gateways", "Absolute", "substitution", "ImplementationSpecific", "Prefix", "ReferencePolicy", "XListenerSet")]
    [InlineData("targetRef", "caCertRefs", "wellKnownCACerts", "spec.backendTLS", "tls.frontendValidation", "parentRef", "kind")]
    public void PageNamesEveryOldField(params string[] fields)
    {
        string page = System.IO.File.ReadAllText(File);
        Assert.All(fields, field => Assert.Matches($@"`[^`\n]*\b{System.Text.RegularExpressions.Regex.Escape(field)}\b[^`\n]*`|\*\*{field}\*\*", page));
    }

    /// <summary>None of them falls through to what is said of unknown annotations.</summary>
    [Fact]
    public void EachAnnotationIsKnownToTheConverter()
    {
        foreach ((string name, _) in KnownAnnotations.Carried)
        {
            string key = name.Replace("*", name.Contains("cert-manager", StringComparison.Ordinal) ? "issuer" : "web", StringComparison.Ordinal);
            string className = name.Contains("nginx", StringComparison.Ordinal) || name.StartsWith("cert", StringComparison.Ordinal) ? "nginx" : name.Contains("alb", StringComparison.Ordinal) ? "alb" : "gce";
            string needs = name.Contains("/cors-", StringComparison.Ordinal) ? "    nginx.ingress.kubernetes.io/enable-cors: 'true'\n"
                : name.Contains("/canary-", StringComparison.Ordinal) ? "    nginx.ingress.kubernetes.io/canary: 'true'\n" : "";
            var host = new AnalysisHost();
            host.Apply(new WorkspaceChange.OnDisk("in.yaml", $"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\n  annotations:\n{needs}    {key}: 'true'\nspec:\n  ingressClassName: {className}\n  rules:\n"
                + "  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}\n"));
            Assert.DoesNotContain(new Analysis(host.Current).ConvertIngresses(["in.yaml"]).Notes, note => note.Subject == key
                && (note.Message.Contains("is not known, so", StringComparison.Ordinal) || note.Message.Contains("has no field for this setting", StringComparison.Ordinal) || note.Message.Contains("LoadBalancerConfiguration: write one and name", StringComparison.Ordinal)));
        }
    }

    private static string Table()
    {
        var text = new StringBuilder("| annotation | becomes |\n|---|---|\n");
        foreach ((string name, string becomes) in KnownAnnotations.Carried)
        {
            text.Append("| `").Append(name).Append("` | ").Append(becomes).Append(" |\n");
        }
        text.Append("\nThese have no place in Gateway API. They are told at their line, with what to do:\n\n| annotation | told |\n|---|---|\n");
        foreach ((string name, string message) in KnownAnnotations.Told)
        {
            text.Append("| `").Append(name).Append("` | ").Append(message).Append(" |\n");
        }
        return text.ToString();
    }
}
