using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Server.Cli.Check;

/// <summary>A file and what was found in it, by place.</summary>
internal sealed record CheckedFile(string Shown, ManifestFile Manifest, ImmutableArray<Finding> Findings)
{
    /// <summary>False for a file that was not asked about and has nothing to tell.</summary>
    public bool IsReported { get; init; } = true;

    /// <summary>Documents that hold more than comments.</summary>
    public int Documents => Manifest.Documents.Count(slot => slot.Document.Root is not null);
}

/// <summary>A diagnostic with the severity that this run gives it.</summary>
internal readonly record struct Finding(FileDiagnostic Place, DiagnosticSeverity Severity)
{
    public Diagnostic Diagnostic => Place.Diagnostic;
}

/// <summary>Counts of a run; hints count with the infos.</summary>
internal sealed class CheckSummary
{
    public int Files { get; private set; }

    public int Documents { get; private set; }

    public int Errors { get; private set; }

    public int Warnings { get; private set; }

    public int Infos { get; private set; }

    /// <summary>Findings that have a repair.</summary>
    public int Fixable { get; private set; }

    public void Add(CheckedFile file)
    {
        Files++;
        Documents += file.Documents;
        foreach (Finding finding in file.Findings)
        {
            switch (finding.Severity)
            {
                case DiagnosticSeverity.Error:
                    Errors++;
                    break;
                case DiagnosticSeverity.Warning:
                    Warnings++;
                    break;
                default:
                    Infos++;
                    break;
            }
            Fixable += finding.Diagnostic.Fixes.IsEmpty ? 0 : 1;
        }
    }
}
