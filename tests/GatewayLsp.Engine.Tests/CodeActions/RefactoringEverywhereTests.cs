using GatewayLsp.Engine.CodeActions;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>
/// Every refactoring at every line of real manifests: sound, nothing but what is meant changes, no comment is lost, no finding is
/// new, requests go where they went unless they are meant to go elsewhere.
/// </summary>
public sealed class RefactoringEverywhereTests(ITestOutputHelper output)
{
    /// <summary>Refactorings after which every request is answered by the same backends as before, in the same shares.</summary>
    private static readonly HashSet<string> Alike = ["mirror", "stopMirror", "match", "mergeRules", "headerCanary", "serviceImport"];

    /// <summary>Refactorings that put something in and leave all else where it stands, comments included.</summary>
    private static readonly HashSet<string> Adding = ["tls", "split", "mirror", "headerCanary", "serviceImport", "parent"];

    /// <summary>Findings that a refactoring may bring, each with what makes it right.</summary>
    private static readonly Dictionary<string, string> Announced = new()
    {
        ["tls invalid-certificate-ref"] = "the Secret is made with kubectl afterwards; the comment above `tls` has the command",
        ["split backend-not-found"] = "the second Service is a placeholder that the user fills in",
        ["headerCanary backend-not-found"] = "the canary's Service is a placeholder that the user fills in",
        ["mirror backend-not-found"] = "the shadow Service is a placeholder that the user fills in",
        ["serviceImport backend-not-found"] = "a copy of a backend that is missing already",
        ["split ref-not-permitted"] = "the grant names Services one by one, and the second one is not among them yet; the finding has the fix",
        ["headerCanary ref-not-permitted"] = "as with split",
        ["mirror ref-not-permitted"] = "as with split",
        ["serviceImport ref-not-permitted"] = "the grant is for Services; the finding has the fix",
        ["split import-without-export"] = "the second import is a placeholder that the user fills in",
        ["headerCanary import-without-export"] = "as with split",
        ["mirror import-without-export"] = "as with split",
        ["serviceImport import-without-export"] = "the Service is exported in the other cluster afterwards; until then it has the weight 0",
        ["parent duplicate-match"] = "another route of the Gateway that is joined has the same match; which of the two stays is for the user to decide",
        ["parent unsupported-feature"] = "the Gateway that is joined is of another implementation",
        ["namespaces not-allowed-by-listeners"] = "fewer namespaces are what was asked for",
    };

    [Fact]
    public void OfTheSamples() => Check(Path.Combine(SharedFiles.Root, "samples"), least: 100);

    /// <summary>The same with a comment below every line, in step with it, and the line ends of Windows.</summary>
    [Fact]
    public void OfTheSamplesFullOfComments() => Check(Path.Combine(SharedFiles.Root, "samples"), least: 100, Commented);

    private static string Commented(string text)
    {
        var lines = new List<string>();
        foreach (string line in ManifestFile.Parse("f.yaml", text).Documents.Any(slot => slot.Document.IsTemplate || slot.Document.Text.Contains("|", StringComparison.Ordinal) || slot.Document.Text.Contains(">", StringComparison.Ordinal)) ? [] : text.ReplaceLineEndings("\n").Split('\n'))
        {
            lines.Add(line);
            int indent = line.Length - line.TrimStart(' ', '-').Length;
            if (indent > 0 && indent < line.Length && line[indent] != '#')
            {
                lines.Add(new string(' ', indent) + $"# below line {lines.Count}");
            }
        }
        return lines.Count == 0 ? text : string.Join("\r\n", lines);
    }

    [SharedFact("oracle/conformance/manifests")]
    public void OfTheConformanceSuite() => Check(SharedFiles.Get("oracle/conformance/manifests"), least: 200);

    private void Check(string root, int least, Func<string, string>? change = null)
    {
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();
        // A folder is what is applied together.
        foreach (IGrouping<string, string> folder in Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).GroupBy(path => Path.GetDirectoryName(path)!))
        {
            bool isOneByOne = folder.Count() > 30;
            foreach (string[] together in isOneByOne ? folder.Select(path => new[] { path }) : [folder.ToArray()])
            {
                CheckTogether(together, Path.GetDirectoryName(folder.Key)!, done, faults, change ?? (static text => text));
            }
        }
        foreach ((string kind, int count) in done)
        {
            output.WriteLine($"{kind}: {count}");
        }
        Assert.True(faults.Count == 0, string.Join("\n\n", faults.Take(12)) + $"\n\n{faults.Count} faults");
        Assert.InRange(done.Values.Sum(), least, int.MaxValue);
    }

    private static void CheckTogether(string[] paths, string root, SortedDictionary<string, int> done, List<string> faults, Func<string, string> change)
    {
        var host = new AnalysisHost();
        foreach (string path in paths)
        {
            host.Apply(new WorkspaceChange.OnDisk(Path.GetRelativePath(root, path), change(File.ReadAllText(path))));
        }
        Workspace start = host.Current;
        var before = new Analysis(start);
        string[] known = Findings(before);
        string[] requests = [.. Requests(before)];
        string[] went = [.. requests.Select(request => Went(before, request))];
        foreach ((string path, WorkspaceFile file) in start.Files)
        {
            string text = file.Manifest.GetText();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (LineRange range in Places(text))
            {
                foreach (CodeActionItem offer in before.Actions(path, range).Where(one => one.IsDeferred && one.Kind.StartsWith("refactor", StringComparison.Ordinal) && one.Kind.Contains("gatewayLsp", StringComparison.Ordinal)))
                {
                    string about = $"{path}:{range.Start.Line + 1} {offer.Title}";
                    if (before.ResolveAction(path, range, offer.Kind, offer.Title) is not { } made)
                    {
                        if (seen.Add($"{offer.Kind} {offer.Title} {range.Start.Line}"))
                        {
                            faults.Add($"{about}: can't be done");
                        }
                        continue;
                    }
                    string after = TextEditing.Apply(text, made.Edits.Single().Edits);
                    if (!seen.Add(offer.Kind + after))
                    {
                        continue;
                    }
                    string kind = offer.Kind[(offer.Kind.LastIndexOf('.') + 1)..];
                    done[kind] = done.GetValueOrDefault(kind) + 1;
                    host.Apply(new WorkspaceChange.OnDisk(path, after));
                    string? fault = Fault(kind, text, after, known, new Analysis(host.Current), requests, went);
                    host.Apply(new WorkspaceChange.OnDisk(path, text));
                    if (fault is not null)
                    {
                        faults.Add($"{about}: {fault}\n{after}");
                    }
                }
            }
        }
        Assert.Equal(known, Findings(new Analysis(host.Current)));
    }

    private static string? Fault(string kind, string before, string after, string[] known, Analysis analysis, string[] requests, string[] went)
    {
        ManifestFile file = ManifestFile.Parse("f.yaml", after);
        if (file.Documents.Sum(slot => slot.Document.Errors.Length) > ManifestFile.Parse("f.yaml", before).Documents.Sum(slot => slot.Document.Errors.Length))
        {
            return "is no YAML";
        }
        List<string> comments = [.. Comments(after)];
        if (Adding.Contains(kind) && !IsWithin([.. Comments(before)], comments))
        {
            return "changes the order of comments";
        }
        foreach (string comment in Comments(before))
        {
            int at = comments.FindIndex(one => one == comment || one.StartsWith(comment + " (removed: ", StringComparison.Ordinal));
            if (at < 0)
            {
                return $"loses '{comment}'";
            }
            comments.RemoveAt(at);
        }
        if (comments.Exists(comment => !comment.StartsWith("# kubectl create secret tls ", StringComparison.Ordinal)))
        {
            return $"adds '{comments[0]}'";
        }
        // A copy of something wrong is wrong, too.
        string[] fresh = [.. Findings(analysis).Where(one => !known.Contains(one) && !Announced.ContainsKey($"{kind} {one.Split(' ')[0]}"))];
        if (fresh.Length > 0)
        {
            return $"finds {string.Join(", ", fresh)}";
        }
        if (Alike.Contains(kind))
        {
            for (int i = 0; i < requests.Length; i++)
            {
                if (Went(analysis, requests[i]) is var goes && goes != went[i])
                {
                    return $"{requests[i]}: {went[i]} became {goes}";
                }
            }
        }
        return null;
    }

    /// <summary>True when all of these are among the others, in this order.</summary>
    private static bool IsWithin(string[] these, List<string> others)
    {
        int at = 0;
        foreach (string other in others)
        {
            at += at < these.Length && these[at] == other ? 1 : 0;
        }
        return at == these.Length;
    }

    /// <summary>The first and the last character of each line, where what is offered can differ.</summary>
    private static IEnumerable<LineRange> Places(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length > 0)
            {
                yield return LineRange.At(new LinePosition(i, line.Length - line.TrimStart().Length));
                yield return LineRange.At(new LinePosition(i, line.Length));
            }
        }
    }

    private static string[] Findings(Analysis analysis) =>
        [.. analysis.Workspace.Files.Keys.SelectMany(path => analysis.Diagnose(path)).Where(one => one.Diagnostic.Severity <= DiagnosticSeverity.Warning)
            .Select(one => $"{one.Diagnostic.Code} {one.Diagnostic.Object?.Name}").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Comments(string text) =>
        ManifestFile.Parse("f.yaml", text).Documents.SelectMany(slot => slot.Document.Comments.Select(span => slot.Document.Text.Substring(span.Start, span.Length).TrimEnd()));

    /// <summary>For each Gateway and hostname of a route some paths that routes ask for.</summary>
    private static IEnumerable<string> Requests(Analysis analysis)
    {
        HttpRouteShape[] routes = [.. analysis.Workspace.Index.OfKind("gateway.networking.k8s.io", "HTTPRoute").Select(one => HttpRouteShape.Of(one.Object.Node))];
        string[] hosts = [.. routes.SelectMany(route => route.Hosts).Append("example.org").Distinct().Take(4)];
        string[] paths = [.. routes.SelectMany(route => route.Paths).Append("/").Append("/none").Distinct().Take(6)];
        return hosts.SelectMany(host => paths.Select(path => $"GET {host.Replace("*", "any", StringComparison.Ordinal)}{path}"));
    }

    private static string Went(Analysis analysis, string request) =>
        string.Join("; ", analysis.Workspace.Index.OfKind("gateway.networking.k8s.io", "Gateway").Select(gateway => new ObjectName(gateway.Object.NamespaceOrDefault, gateway.Object.Name)).OrderBy(gateway => gateway.ToString(), StringComparer.Ordinal).Distinct().Take(4).Select(gateway =>
        {
            RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, request) with { Gateway = gateway });
            return string.Join(", ", trace.Backends.Where(one => one.Weight > 0).GroupBy(one => one.Target.Name).Select(same => $"{same.Key} {same.Sum(one => one.Share.Value):0.######}")) + trace.Response?.StatusCodes.FirstOrDefault();
        }));

    private sealed record HttpRouteShape(string[] Hosts, string[] Paths)
    {
        public static HttpRouteShape Of(YamlNode node) => new(
            [.. Texts(node.At("spec", "hostnames"))],
            [.. Items(node.At("spec", "rules")).SelectMany(rule => Items(rule.At("matches"))).SelectMany(match => Texts(match.At("path", "value"))).Where(path => path.StartsWith('/'))]);

        private static IEnumerable<YamlNode> Items(YamlNode? node) => node is YamlSequence list ? list.Items : [];

        private static IEnumerable<string> Texts(YamlNode? node) => node switch
        {
            YamlSequence list => list.Items.Select(item => item.Text()).OfType<string>(),
            YamlScalar scalar when scalar.Text() is { } text => [text],
            _ => [],
        };
    }
}
