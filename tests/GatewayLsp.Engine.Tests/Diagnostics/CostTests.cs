using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>
/// Time and work for ordinary and hostile input. The limits are wide, since a test machine may be busy: they catch what is
/// quadratic or worse, the benchmarks tell the rest.
/// </summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store-NUMBER
          namespace: shop
          labels:
            app.kubernetes.io/name: store
        spec:
          parentRefs:
          - name: edge
            namespace: infra
            sectionName: https
          hostnames:
          - store-NUMBER.example.com
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
              headers:
              - name: x-canary
                value: "1"
            - path:
                type: Exact
                value: /checkout
            filters:
            - type: RequestHeaderModifier
              requestHeaderModifier:
                set:
                - name: x-forwarded-prefix
                  value: /cart
            backendRefs:
            - name: cart
              port: 8080
              weight: 90
            - name: cart-canary
              port: 8080
              weight: 10
          - backendRefs:
            - name: store
              port: 8080

        """;

    [Fact]
    public void OrdinaryRouteTakesMicroseconds()
    {
        ManifestDocument[] documents = [.. Enumerable.Range(0, 2_000).Select(i => new ManifestDocument(Numbered(i)))];
        DocumentContext context = DiagnosticCheck.Context();
        foreach (ManifestDocument document in documents)
        {
            // Parsed before the clock runs.
            Assert.NotNull(document.Root);
        }
        Assert.All(documents.Take(200), document => Assert.Empty(DocumentDiagnostics.Of(document, context)));
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        foreach (ManifestDocument document in documents.AsSpan(200))
        {
            Assert.True(DocumentDiagnostics.Of(document, context).IsEmpty);
        }
        double each = clock.Elapsed.TotalMicroseconds / 1_800;
        output.WriteLine($"an ordinary route: {each:F1} µs, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1_800} bytes");
        Assert.InRange(each, 0, 1_000);
    }

    [Fact]
    public void TimeGrowsWithTheTextAndNotFaster()
    {
        double small = Seconds(Long(2_000));
        double large = Seconds(Long(20_000));
        output.WriteLine($"one document, all rules faulty: 2,000 rules {small * 1000:F0} ms, 20,000 rules {large * 1000:F0} ms");
        Assert.InRange(large, 0, Math.Max(small, 0.01) * 60);
    }

    [Fact]
    public void FiveMegabytesInOneDocumentAreBounded()
    {
        string text = Long(90_000);
        double seconds = Seconds(text);
        output.WriteLine($"{text.Length / 1_000_000.0:F1} MB in one document: {seconds * 1000:F0} ms");
        Assert.InRange(seconds, 0, 20);
    }

    [Fact]
    public void LongValuesAgainstPatternsAreLinear()
    {
        string value = string.Concat(Enumerable.Repeat("a-", 500_000));
        string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: example\nspec:\n  controllerName: example.com/{value}\n";
        Assert.InRange(Seconds(text), 0, 10);
    }

    private static string Numbered(int number) => Route.Replace("NUMBER", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Long(int rules)
    {
        var text = new StringBuilder("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n");
        for (int i = 0; i < rules; i++)
        {
            text.Append("  - nam: x\n    backendRefs:\n    - port: \"80\"\n");
        }
        return text.ToString();
    }

    private static double Seconds(string text)
    {
        var document = new ManifestDocument(text);
        Assert.NotNull(document.Root);
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(DocumentDiagnostics.Of(document, DiagnosticCheck.Context()));
        return clock.Elapsed.TotalSeconds;
    }
}
