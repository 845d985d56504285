using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Cli.Input;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Cli.Trace;

/// <summary>Reads the manifests, follows one request or one after the other, and reports.</summary>
internal sealed class TraceRun(Terminal terminal, Channel channel, ClusterMap clusters)
{
    private const string StdinName = "<stdin>";

    private readonly WorkspaceLoader _loader = new(terminal);
    private List<ManifestSource> _read = [];

    /// <param name="isMesh">When false and no Gateway is named, the only one of the manifests is meant.</param>
    public int Follow(TraceRequest request, bool isMesh, IReadOnlyList<string> paths, bool asJson, bool color)
    {
        Analysis analysis = Load(paths);
        if (!isMesh && request.Gateway is null)
        {
            if (OnlyGateway(analysis) is not { } only)
            {
                return _loader.HasFailed || analysis.Gateways().Any() ? ExitCode.Usage : ExitCode.Findings;
            }
            request = request with { Gateway = only };
        }
        RequestTrace trace = analysis.Trace(request);
        if (asJson)
        {
            WriteJson(null, trace);
        }
        else if (trace.Problem != TraceProblem.None)
        {
            foreach (string line in trace.Why)
            {
                terminal.Error.WriteLine("error: " + Printable.Of(line));
            }
        }
        else
        {
            using TextWriter output = terminal.OpenWriter();
            new TraceText(output, color).Write(request, trace, PlaceOf(analysis, trace));
        }
        return _loader.HasFailed ? ExitCode.Usage : trace.Problem == TraceProblem.None ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>A line that is no request is answered with what is wrong with it; the others are followed all the same.</summary>
    public int FollowLines(IReadOnlyList<string> paths)
    {
        Analysis analysis = Load(paths);
        bool failed = false;
        using var lines = new StreamReader(terminal.In());
        while (lines.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                failed |= !FollowLine(analysis, line);
            }
        }
        return _loader.HasFailed ? ExitCode.Usage : failed ? ExitCode.Findings : ExitCode.Fine;
    }

    private bool FollowLine(Analysis analysis, string line)
    {
        JsonElement? id = null;
        string? problem;
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            id = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out JsonElement known) ? known.Clone() : null;
            TraceRequestReading reading = TraceRequestReader.Read(json.RootElement);
            if (reading.Request is { } request)
            {
                RequestTrace trace = analysis.Trace(request);
                WriteJson(id, trace);
                return trace.Problem == TraceProblem.None;
            }
            problem = reading.Problem;
        }
        catch (JsonException e)
        {
            problem = $"the line is not JSON, see character {e.BytePositionInLine + 1}";
        }
        using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
        {
            TraceJson.WriteError(json, id, problem!);
        }
        EndLine();
        return false;
    }

    private Analysis Load(IReadOnlyList<string> paths)
    {
        (Workspace workspace, _read) = _loader.Load(paths, StdinName, WorkspaceSettings.Default with { Channel = channel, IsComplete = true, AreParametersElsewhere = true, Clusters = clusters }, withNamed: true);
        _loader.TellProblems();
        _loader.TellNotes(workspace, "trace URL");
        return new Analysis(workspace);
    }

    /// <summary><c>file:line</c>, the line 1-based; null when no route took the request.</summary>
    private string? PlaceOf(Analysis analysis, RequestTrace trace) =>
        analysis.PlaceOf(trace) is { } place && _read.Find(source => source.Key == place.Path) is { } source
            ? string.Create(CultureInfo.InvariantCulture, $"{source.Shown}:{place.Range.Start.Line + 1}")
            : null;

    private ObjectName? OnlyGateway(Analysis analysis)
    {
        ObjectName[] gateways = [.. analysis.Gateways()];
        if (gateways.Length == 1)
        {
            return gateways[0];
        }
        terminal.Error.WriteLine(gateways.Length == 0
            ? "error: there is no Gateway in these manifests"
            : "error: --gateway is missing; there are " + string.Join(", ", gateways.Take(10)) + (gateways.Length > 10 ? " and more" : ""));
        return null;
    }

    private void WriteJson(JsonElement? id, RequestTrace trace)
    {
        using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
        {
            TraceJson.Write(json, id, trace);
        }
        EndLine();
    }

    private void EndLine()
    {
        terminal.Out.Write("\n"u8);
        terminal.Out.Flush();
    }
}
