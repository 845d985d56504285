using System.Globalization;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>What findings, conditions and traces must not depend on: the order of files, objects that have no part in it, names as such.</summary>
public sealed partial class PlatformPropertyTests
{
    /// <summary>Platforms of each property; more by the environment, for a long run by hand.</summary>
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("GATEWAY_LSP_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 300;

    [GeneratedRegex(@"(metadata: \{name: \w+)(?!, namespace)([,}])")]
    private static partial Regex Unwritten { get; }

    [GeneratedRegex(@" \(there is one in [^)]*\)")]
    private static partial Regex Elsewhere { get; }

    private static readonly string[] Strangers =
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: stranger, namespace: strange}\ndata: {a: b}\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: stranger, namespace: a}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: stranger, namespace: strange}\nspec: {ports: [{port: 1}]}\n",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: stranger, namespace: strange}\nspec: {gatewayClassName: strange, listeners: [{name: http, port: 80, protocol: HTTP}]}\n",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: stranger, namespace: strange}\nspec: {parentRefs: [{name: stranger}], rules: [{backendRefs: [{name: stranger, port: 1}]}]}\n",
        "a: 1\n",
    ];

    [Fact]
    public void Order_of_files_and_documents() => Each((random, documents, settings) =>
    {
        string[] shuffled = [.. documents];
        random.Shuffle(shuffled);
        // What stands in one file is sure to belong together, so whether two do stays as it is.
        bool isOneFile = random.Next(2) == 0;
        AssertSame(
            Analysis(settings, isOneFile ? [string.Join("---\n", documents)] : documents),
            Analysis(settings, isOneFile ? [string.Join("---\n", shuffled)] : shuffled));
    });

    [Fact]
    public void Objects_that_have_no_part_in_it() => Each((_, documents, settings) =>
    {
        Analysis one = Analysis(settings, documents);
        Analysis other = Analysis(settings, [.. documents, .. Strangers]);
        AssertSame(one, other, line => !line.Contains("stranger", StringComparison.Ordinal));
    });

    /// <summary>
    /// The new name keeps its place among others, since names break ties. All namespaces are written: an object without one may come to stand
    /// beside any other of a name, which is a matter of names.
    /// </summary>
    [Fact]
    public void Names()
    {
        var renamed = new Dictionary<string, int>();
        Each((random, documents, settings) =>
        {
            Analysis before = Analysis(settings, documents);
            if (Choose(random, before) is not { } choice)
            {
                return;
            }
            (string path, LinePosition position, string name, string what) = choice;
            string fresh = name + "zz";
            RenameResult rename = before.Rename(path, position, fresh);
            Assert.True(rename.Refusal is null, rename.Refusal);
            Assert.NotEmpty(rename.Edits);
            var after = new AnalysisHost();
            after.Apply(new WorkspaceChange.Configured(settings));
            foreach ((string file, WorkspaceFile known) in before.Workspace.Files)
            {
                string text = known.Manifest.GetText();
                after.Apply(new WorkspaceChange.OnDisk(file, rename.Edits.FirstOrDefault(edit => edit.Path == file) is { } edits ? TextEditing.Apply(text, edits.Edits) : text));
            }
            renamed[what] = renamed.GetValueOrDefault(what) + 1;
            AssertSame(before, new Analysis(after.Current), change: line => line.Replace(fresh, name, StringComparison.Ordinal), about: $"{what} {name}");
        }, isWritten: true);
        foreach (string kind in (string[])["Gateway", "listener", "Service", "Secret", "namespace", "ServiceImport", "ServiceExport", "HTTPRoute", "ListenerSet"])
        {
            Assert.True(renamed.ContainsKey(kind), $"No {kind} was ever renamed.");
        }
    }

    private static void Each(Action<Random, string[], WorkspaceSettings> check, bool isWritten = false)
    {
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            try
            {
                check(random, Documents(random, isWritten), new WorkspaceSettings { IsComplete = seed % 3 == 0 });
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Platform {seed}: {failure.Message}", failure);
            }
        }
    }

    /// <summary>One object of each identity: which of two would count depends on where they stand.</summary>
    private static string[] Documents(Random random, bool isWritten)
    {
        var platform = new RandomPlatform(random);
        var documents = new Dictionary<string, string>();
        for (int i = 0; i < 24; i++)
        {
            string text = i switch
            {
                22 => $"apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceImport\nmetadata: {{name: s{random.Next(3)}, namespace: a}}\nspec: {{type: ClusterSetIP, ports: [{{port: 80}}]}}\n",
                23 => $"apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata: {{name: s{random.Next(3)}, namespace: a}}\n",
                21 => $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: imports, namespace: a}}\nspec:\n  parentRefs: [{{name: g0}}]\n  rules: [{{backendRefs: [{{group: multicluster.x-k8s.io, kind: ServiceImport, name: s{random.Next(3)}, port: 80}}]}}]\n",
                _ => platform.Document(),
            };
            text = isWritten && !text.Contains("kind: GatewayClass", StringComparison.Ordinal) && !text.Contains("kind: Namespace", StringComparison.Ordinal) ? Unwritten.Replace(text, "$1, namespace: a$2") : text;
            if (ManifestObject.Of(new ManifestDocument(text)) is [var one])
            {
                documents.TryAdd($"{one.Kind}/{one.NamespaceOrDefault}/{one.Name}", text);
            }
        }
        return [.. documents.Values];
    }

    private static Analysis Analysis(WorkspaceSettings settings, IReadOnlyList<string> files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        for (int i = 0; i < files.Count; i++)
        {
            host.Apply(new WorkspaceChange.OnDisk(string.Create(CultureInfo.InvariantCulture, $"f{i}.yaml"), files[i]));
        }
        return new Analysis(host.Current);
    }

    /// <summary>A name at its definition or at a use: of an object, a listener or a namespace.</summary>
    private static (string Path, LinePosition Position, string Name, string What)? Choose(Random random, Analysis analysis)
    {
        var found = new List<(string, LinePosition, string, string)>();
        foreach ((string path, WorkspaceFile file) in analysis.Workspace.Files.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                foreach (ManifestObject one in ManifestObject.Of(slot.Document))
                {
                    Add(one.At("metadata", "name"), one.Kind);
                    Add(one.At("metadata", "namespace"), "namespace");
                    if (one.At("spec", "listeners") is YamlSequence listeners)
                    {
                        foreach (YamlNode listener in listeners.Items)
                        {
                            Add(listener.At("name"), "listener");
                        }
                    }

                    void Add(YamlNode? node, string what)
                    {
                        if (node is YamlScalar { IsOpaque: false } scalar && !(what is "namespace" or "Namespace" && scalar.Value == "default"))
                        {
                            found.Add((path, slot.ToFile(slot.Document.Lines.PositionOf(scalar.Span.Start)), scalar.Value, what));
                        }
                    }
                }
            }
        }
        return found.Count == 0 ? null : found[random.Next(found.Count)];
    }

    private static void AssertSame(Analysis one, Analysis other, Func<string, bool>? counts = null, Func<string, string>? change = null, string about = "")
    {
        foreach ((string name, Func<Analysis, IEnumerable<string>> answers) in (ReadOnlySpan<(string, Func<Analysis, IEnumerable<string>>)>)[("Conditions", Conditions), ("Findings", Findings), ("Traces", Traces)])
        {
            string[] before = [.. answers(one)];
            string[] after = [.. answers(other).Where(counts ?? (_ => true)).Select(change ?? (line => line))];
            if (!before.SequenceEqual(after))
            {
                Assert.Fail($"{name} differ {about}\n- {string.Join("\n- ", before.Except(after).Take(4))}\n+ {string.Join("\n+ ", after.Except(before).Take(4))}");
            }
        }
    }

    private static IEnumerable<string> Conditions(Analysis analysis) => ConditionCheck.All(analysis);

    /// <summary>By object, code, message and the words that are underlined, in an order that is that of no file.</summary>
    private static IEnumerable<string> Findings(Analysis analysis)
    {
        var lines = new List<string>();
        foreach (string path in analysis.Workspace.Files.Keys)
        {
            foreach (FileDiagnostic found in analysis.Diagnose(path))
            {
                Diagnostic finding = found.Diagnostic;
                string related = string.Join("; ", finding.Related.Select(one => $"{one.Message} {Underlined(one.Document, one.Span)}").Order(StringComparer.Ordinal));
                // Whether another namespace has something of that name is a hint that goes with the name.
                string message = Elsewhere.Replace(finding.Message, "");
                // And so is, where nothing else is known, whether one of nearly that name is there.
                if (finding is { Severity: DiagnosticSeverity.Information, Code: "backend-not-found" or "invalid-certificate-ref" or "invalid-ca-certificate-ref" or "invalid-client-certificate-ref" or "target-not-found" })
                {
                    continue;
                }
                lines.Add($"{finding.Object?.Kind} {finding.Object?.NamespaceOrDefault}/{finding.Object?.Name} {finding.Field} {finding.Code} {finding.Severity}: {message} <{Underlined(found.Slot.Document, finding.Span)}> {related}");
            }
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Underlined(ManifestDocument document, TextSpan span) => document.Text.Substring(span.Start, span.Length);

    private static IEnumerable<string> Traces(Analysis analysis)
    {
        foreach (ObjectName gateway in analysis.Gateways())
        {
            foreach (string host in (string[])["x.io", "a.x.io", "b.x.io", "y.io"])
            {
                foreach (string path in (string[])["/", "/a/b"])
                {
                    RequestTrace trace = analysis.Trace(new TraceRequest { Gateway = gateway, Host = host, Path = path });
                    yield return $"{gateway.Namespace}/{gateway.Name} {host}{path}: {TraceCheck.Summary(trace)} {string.Join(" | ", trace.Why)}";
                }
            }
        }
    }
}
