using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.Testing;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>The kinds of this repository, expanded once for all tests.</summary>
internal static class SchemaSet
{
    private static readonly Lazy<IReadOnlyList<ExpandedKind>> Expanded = new(() => AllKinds.Load(Folder));

    public static string Folder => Path.Combine(SharedFiles.Root, "schemas");

    public static IReadOnlyList<ExpandedKind> Kinds => Expanded.Value;

    public static ExpandedKind Get(string apiVersion, string kind) => Kinds.Single(one => one.ApiVersion == apiVersion && one.Kind == kind);
}
