using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>How reports call the files of the workspace, and where its documents stand.</summary>
internal sealed class ReportPlaces(Workspace workspace, IEnumerable<ManifestSource> sources)
{
    private readonly Dictionary<string, string> _shown = sources.ToDictionary(s => s.Key, s => s.Shown, StringComparer.Ordinal);
    private Dictionary<string, string>? _keys;
    private readonly Dictionary<string, Dictionary<ManifestDocument, DocumentSlot>> _slots = new(StringComparer.Ordinal);

    public string Shown(string key) => _shown.GetValueOrDefault(key, key);

    /// <summary>The clusters that a finding's document is for; empty for none.</summary>
    public ImmutableArray<string> ClustersOf(FileDiagnostic place, string key) => workspace.ClusterNamesOf(key, place.Slot.Document);

    /// <summary>The file of that name in reports, as the workspace knows it.</summary>
    public string KeyOf(string shown) => (_keys ??= sources.DistinctBy(s => s.Shown).ToDictionary(s => s.Shown, s => s.Key, StringComparer.Ordinal)).GetValueOrDefault(shown, shown);

    public LineRange RangeOf(RelatedLocation related)
    {
        if (!_slots.TryGetValue(related.Path, out var slots))
        {
            slots = workspace.File(related.Path)?.Manifest.Documents.ToDictionary(slot => slot.Document) ?? [];
            _slots.Add(related.Path, slots);
        }
        return slots.TryGetValue(related.Document, out DocumentSlot slot) ? slot.RangeOf(related.Span) : related.Document.RangeOf(related.Span);
    }
}
