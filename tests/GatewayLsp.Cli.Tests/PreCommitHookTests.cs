using System.Text.RegularExpressions;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary>The hooks of <c>.pre-commit-hooks.yaml</c>: run as pre-commit runs them, with the files that their pattern takes.</summary>
public sealed class PreCommitHookTests
{
    private const string Good = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}\n";
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec: {parentRefs: [{name: edge, sectionName: none}]}\n";

    private static readonly string Text = File.ReadAllText(Path.Combine(SharedFiles.Root, ".pre-commit-hooks.yaml"));

    private static string Field(string id, string name)
    {
        string hook = Text.Split("- id: ").Single(one => one.StartsWith(id + "\n", StringComparison.Ordinal));
        Match field = Regex.Match(hook, $"^  {name}: (.*)$", RegexOptions.Multiline);
        return field.Success ? field.Groups[1].Value : "";
    }

    private static string[] Taken(CliHost host, string id)
    {
        var pattern = new Regex(Field(id, "files"));
        return [.. Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(host.Folder, file).Replace('\\', '/')).Where(file => pattern.IsMatch(file)).Order(StringComparer.Ordinal)];
    }

    private static CliResult Run(CliHost host, string id)
    {
        string[] entry = Field(id, "entry").Split(' ');
        Assert.Equal("gateway-lsp", entry[0]);
        string[] args = [.. Field(id, "args").Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries)];
        string[] files = Field(id, "pass_filenames") == "false" ? [] : Taken(host, id);
        return host.Run([.. entry[1..], .. args, .. files]);
    }

    [Fact]
    public void Manifests_are_taken_whatever_they_are_called_and_nothing_else()
    {
        using var host = new CliHost();
        foreach (string name in new[] { "a.yaml", "b/c.yml", "d.json", "Kustomization", "e/Kustomization", "f/kustomization.yaml", "README.md", "a.yaml.bak", "MyKustomization" })
        {
            host.Write(name, "");
        }
        Assert.Equal(["Kustomization", "a.yaml", "b/c.yml", "d.json", "e/Kustomization", "f/kustomization.yaml"], Taken(host, "gateway-lsp"));
        Assert.Equal(Field("gateway-lsp", "files"), Field("gateway-lsp-all", "files"));
    }

    [Fact]
    public void A_commit_is_stopped_by_an_error_and_by_nothing_else()
    {
        using var host = new CliHost();
        host.Write("good.yaml", Good).Write("package.json", "{\"name\": \"other\"}\n").Write("values.yaml", "kind: 1\n");
        Assert.Equal((0, ""), (Run(host, "gateway-lsp").ExitCode, Run(host, "gateway-lsp").Out));
        Assert.Equal(0, Run(host, "gateway-lsp-all").ExitCode);

        host.Write("bad.yaml", Good.Replace("listeners", "listners", StringComparison.Ordinal));
        CliResult stopped = Run(host, "gateway-lsp");
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("bad.yaml", stopped.ToString(), StringComparison.Ordinal);
        Assert.Contains("listners", stopped.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The Gateway stands in a file that is not committed.</summary>
    [Fact]
    public void What_is_not_committed_is_not_judged_unless_the_whole_repository_is_read()
    {
        using var host = new CliHost();
        host.Write("route.yaml", Route);
        Assert.Equal(0, Run(host, "gateway-lsp").ExitCode);
        host.Write("edge.yaml", Good);
        CliResult all = Run(host, "gateway-lsp-all");
        Assert.True(all.ExitCode == 1, all.ToString());
        Assert.Contains("route.yaml", all.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_CI_has_the_hooks_and_their_pattern()
    {
        string page = File.ReadAllText(Path.Combine(SharedFiles.Root, "server", "docs", "ci.md"));
        Assert.Contains("- id: gateway-lsp\n", page, StringComparison.Ordinal);
        Assert.Contains("`gateway-lsp-all`", page, StringComparison.Ordinal);
        Assert.Contains("files: " + Field("gateway-lsp", "files"), page, StringComparison.Ordinal);
    }
}
