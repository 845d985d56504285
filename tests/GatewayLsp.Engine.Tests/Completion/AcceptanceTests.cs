using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Opens a line anywhere in a manifest, at any column, and accepts everything that is offered there: it stays YAML.</summary>
public sealed class AcceptanceTests(ITestOutputHelper output)
{
    private const string Manifest = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: main
          labels:
            app: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            protocol: HTTP
            port: 80
            allowedRoutes:
              namespaces:
                from: All
          - name: https
            protocol: HTTPS
            port: 443
            tls:
              certificateRefs:
              - group: ""
                kind: Secret
                name: cert
        ---
        # A comment
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          parentRefs:
            - name: main
              sectionName: https
          hostnames: [store.example.com]
          rules:
            - matches:
                - path: { type: Exact, value: /cart }
                  headers:
                    - name: x
                      value: |
                        1
              filters:
                - type: URLRewrite
                  urlRewrite:
                    hostname: "cart"
              backendRefs:
                - name: cart
                  port: 8080

        """;

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("- ")]
    [InlineData("-")]
    public void StaysYamlOnANewLine(string typed)
    {
        string[] lines = Manifest.Split('\n');
        int accepted = 0;
        var failures = new List<string>();
        for (int line = 0; line < lines.Length; line++)
        {
            for (int column = 0; column <= 16; column++)
            {
                string marked = string.Join('\n', [.. lines[..line], new string(' ', column) + typed + "$0", .. lines[line..]]);
                // A dash in a column where no dash can be is the user's; nothing put in behind it would mend that.
                if (!typed.StartsWith('-') || IsYaml(marked.Replace("-$0", "- $0", StringComparison.Ordinal).Replace("$0", "x: 1", StringComparison.Ordinal)))
                {
                    accepted += AcceptAll(marked, failures, Misplaced);
                }
            }
        }
        output.WriteLine($"{accepted} offers accepted");
        Assert.True(failures.Count == 0, failures.Count + "\n" + string.Join("\n\n", failures.Take(6)));
    }

    /// <summary>At the end of every key, with the value taken away.</summary>
    [Fact]
    public void StaysYamlBehindEveryKey()
    {
        string[] lines = Manifest.Split('\n');
        int accepted = 0;
        var failures = new List<string>();
        for (int line = 0; line < lines.Length; line++)
        {
            int colon = lines[line].IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || lines[line].EndsWith(':') || lines[line].EndsWith('|'))
            {
                continue;
            }
            foreach (string rest in (string[])["$0", " $0", " \"$0\"", " '$0", " $0 # comment"])
            {
                string marked = string.Join('\n', [.. lines[..line], lines[line][..(colon + 1)] + rest, .. lines[(line + 1)..]]);
                accepted += AcceptAll(marked, failures, found => found.Source == DiagnosticSource.Yaml);
            }
        }
        output.WriteLine($"{accepted} offers accepted");
        Assert.True(failures.Count == 0, failures.Count + "\n" + string.Join("\n\n", failures.Take(6)));
    }

    /// <summary>The check above can fail: a key that fits nowhere is called misplaced.</summary>
    [Fact]
    public void AMisplacedKeyIsSeen() =>
        Assert.NotEmpty(Validity.ErrorsIn(Manifest.Replace("spec:\n", "spec:\n  nowhere: 1\n", StringComparison.Ordinal), WorkspaceSettings.Default, Misplaced));

    private static int AcceptAll(string marked, List<string> failures, Func<Diagnostic, bool> wrong)
    {
        CompletionCheck check = CompletionCheck.At(marked);
        int accepted = 0;
        foreach (CompletionItem item in check.Items)
        {
            accepted++;
            string text = check.Accept(item);
            foreach (string error in Validity.ErrorsIn(text, WorkspaceSettings.Default, wrong))
            {
                failures.Add($"{item.Label} ({item.NewText}) in\n{Around(marked)}\ngives {error}\n{Around(text.Insert(Math.Min(text.Length, marked.IndexOf("$0", StringComparison.Ordinal)), "$0"))}");
            }
        }
        return accepted;
    }

    /// <summary>What is put in may be unfinished, never in the wrong place.</summary>
    private static bool Misplaced(Diagnostic found) =>
        found.Source == DiagnosticSource.Yaml || found.Code == "unknown-field";

    private static bool IsYaml(string text) => ManifestFile.Parse("x", text).Documents.All(slot => slot.Document.Errors.IsEmpty);

    private static string Around(string marked)
    {
        string[] lines = marked.Split('\n');
        int at = Array.FindIndex(lines, l => l.Contains("$0", StringComparison.Ordinal));
        return string.Join('\n', lines[Math.Max(0, at - 4)..Math.Min(lines.Length, at + 5)]);
    }
}
