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
