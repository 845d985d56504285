using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Server.Cli.DryRuns;

internal enum ObjectOutcome : byte
{
    Accepted,
    Refused,

    /// <summary>A kind that nobody here knows, a template, or a patch, which is no object by itself.</summary>
    Skipped,
}

/// <summary>One object of a file with its verdict; of a document that holds none, its causes alone.</summary>
/// <param name="Why">Why it was skipped.</param>
internal sealed record ObjectReport(ManifestObject? Object, DocumentSlot Slot, ObjectOutcome Outcome, DryRunResult Result, string? Why = null)
{
    /// <summary>Where something of it is written, and how the user calls that file; null where it stands in the file of the report itself.</summary>
    public Func<TextSpan, (string Shown, SourcePlace Place)?>? PlaceOf { get; init; }

    /// <summary>The clusters that it is for; empty without clusters.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>As kubectl calls it: <c>httproute.gateway.networking.k8s.io/store</c>.</summary>
    public string Name
    {
        get
        {
            if (Object is null)
            {
                return "document";
            }
            string kind = Object.Kind.Length == 0 ? "object" : Object.Kind.ToLowerInvariant();
            string group = Object.Gvk.Group is { Length: > 0 } and not ManifestObject.UnknownGroup ? "." + Object.Gvk.Group : "";
            string name = Object.Name.Length > 0 ? Object.Name
                : Object.At("metadata", "name") is YamlScalar { IsOpaque: true } open && !Slot.Document.IsTemplate ? open.Value
                : Object.At("metadata", "generateName").Text() ?? "";
            return name.Length > 0 ? $"{kind}{group}/{name}" : $"{kind}{group} without a name, line {Slot.StartLine + 1}";
        }
    }
}

/// <summary>A file with the verdicts on its objects, in the order of the file.</summary>
internal sealed record FileReport(string Shown, IReadOnlyList<ObjectReport> Objects);
