using System.Globalization;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>A line per object, told before it is touched. Synchronous, so that the lines keep their order.</summary>
internal sealed class ProgressText(TextWriter error) : IProgress<ApplyProgress>
{
    public void Report(ApplyProgress value)
    {
        if (value.Phase == ApplyPhase.Checking)
        {
            return;
        }
        string verb = value.Phase == ApplyPhase.Writing ? "writing" : "undoing";
        error.Write(string.Create(CultureInfo.InvariantCulture, $"[{value.Done + 1}/{value.Total}] {verb} {Printable.Of(value.Object.ToString())} at {Printable.Of(value.Context)}\n"));
    }
}
