using System.Globalization;
using System.Text;
using System.Text.Json;
using GatewayLsp.Server.Cli;
using ModelContextProtocol.Protocol;

namespace GatewayLsp.Server.Mcp;

/// <summary>Runs a tool as the command line would, with its output in memory.</summary>
internal sealed class ToolRunner(Terminal terminal)
{
    /// <summary>Longer answers would fill the memory of an assistant with what it can't use. In UTF-16 units.</summary>
    internal const int MaxAnswer = 200_000;

    public CallToolResult Run(EngineTool tool, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        ToolArguments arguments = ToolArguments.Read(tool.Parameters, given);
        if (arguments.Problem is { } problem)
        {
            return Refusal(problem);
        }
        string? manifest = arguments.One("manifest");
        IReadOnlyList<string> paths = arguments.All("paths");
        if (tool.ReadsManifests && manifest is null && paths.Count == 0)
        {
            return Refusal("Name `paths` to read, or give a `manifest`.");
        }
        if (paths.FirstOrDefault(path => !IsInside(path)) is { } outside)
        {
            return Refusal($"`{outside}` is outside of the folder that this server may read.");
        }
        List<string> line = [.. tool.Command(arguments)];
        if (tool.ReadsManifests && !line.Contains("--"))
        {
            line.Add("--");
        }
        line.AddRange(paths);
        if (manifest is not null)
        {
            line.Add("-");
        }
        return Run(line, manifest ?? "", tool.Nothing);
    }

    private CallToolResult Run(List<string> line, string manifest, string nothing)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int code = CommandLine.Run([.. line], terminal with
        {
            Out = output,
            Error = errors,
            In = () => new MemoryStream(Encoding.UTF8.GetBytes(manifest)),
            OutIsTerminal = false,
            ErrorIsTerminal = false,
            InIsTerminal = false,
        });
        string answer = Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
        string said = errors.ToString();
        if (answer.Length == 0 && said.Length == 0)
        {
            answer = nothing;
        }
        if (answer.Length > MaxAnswer)
        {
            return Refusal($"The answer has {answer.Length:N0} characters; name fewer paths, or filter.");
        }
        return new CallToolResult
        {
            IsError = code == ExitCode.Usage,
            Content = [.. new[] { answer, said }.Where(text => text.Length > 0).Select(text => (ContentBlock)new TextContentBlock { Text = text })],
        };
    }

    private static CallToolResult Refusal(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    /// <summary>Links count as what they lead to: a manifest may name any file of the machine, an assistant must not.</summary>
    private bool IsInside(string path)
    {
        if (path is "-" or "")
        {
            return false;
        }
        string root = Path.TrimEndingDirectorySeparator(Real(terminal.Folder));
        string full = Real(Path.GetFullPath(path, terminal.Folder));
        return full == root || full.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Real(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }
        string here = Path.Combine(Real(parent), Path.GetFileName(path));
        try
        {
            FileSystemInfo? target = Directory.Exists(here) ? Directory.ResolveLinkTarget(here, returnFinalTarget: true) : File.ResolveLinkTarget(here, returnFinalTarget: true);
            return target is null ? here : Path.TrimEndingDirectorySeparator(target.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return here;
        }
    }
}
