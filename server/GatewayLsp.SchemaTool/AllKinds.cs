using GatewayLsp.SchemaTool.Core;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool;

/// <summary>Every version of every kind: from the sources and from the models of built-in kinds.</summary>
internal static class AllKinds
{
    public static IReadOnlyList<ExpandedKind> Load(string folder)
    {
        var sources = SchemaSources.Load(folder);
        var expander = new KindExpander(sources.Types);
        return [.. sources.Kinds.SelectMany(expander.Expand), .. CoreKinds.Load(folder, sources.Types)];
    }
}
