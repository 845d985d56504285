using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>One form of output of <c>check</c>. Files come in path order, each once.</summary>
internal interface IReport
{
    void Begin(ReportPlaces places);

    void Add(CheckedFile file);

    void End(CheckSummary summary, IReadOnlyList<InputProblem> problems);
}

/// <summary>The words of severities and sources in JSON and text.</summary>
internal static class Words
{
    public static string Of(Engine.Diagnostics.DiagnosticSeverity severity) => severity switch
    {
        Engine.Diagnostics.DiagnosticSeverity.Error => "error",
        Engine.Diagnostics.DiagnosticSeverity.Warning => "warning",
        Engine.Diagnostics.DiagnosticSeverity.Information => "info",
        _ => "hint",
    };

    public static string Of(Engine.Diagnostics.DiagnosticSource source) => source switch
    {
        Engine.Diagnostics.DiagnosticSource.Yaml => "yaml",
        Engine.Diagnostics.DiagnosticSource.Schema => "schema",
        Engine.Diagnostics.DiagnosticSource.Cel => "cel",
        Engine.Diagnostics.DiagnosticSource.Semantic => "semantic",
        _ => "migration",
    };
}
