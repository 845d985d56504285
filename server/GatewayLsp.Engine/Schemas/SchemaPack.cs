using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>The compiled schemas: kinds are known at once, the nodes of one are decoded when first asked for.</summary>
internal sealed class SchemaPack
{
    public static readonly SchemaPack Empty = new();

    public ImmutableArray<ResourceKind> Kinds { get; } = [];

    public SchemaNode? ReadRoot(int kind, Channel channel) => null;

    public string ReadDoc(int offset) => "";
}
