using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Migration;

/// <summary>A Gateway that chose a route by its listeners' old <c>routes</c>: the route has to name it now.</summary>
/// <param name="Listener">Null when all of its listeners take the route.</param>
internal readonly record struct GatewayAttachment(string Namespace, string Name, string? Listener);

/// <summary>A port of a Service.</summary>
internal readonly record struct KnownPort(string Name, int Port);

/// <summary>What a migration may ask about other objects. This one knows of none.</summary>
internal class MigrationFacts
{
    public static readonly MigrationFacts None = new();

    /// <summary>The ports of a Service; null when it is not known.</summary>
    public virtual ImmutableArray<KnownPort>? PortsOf(string ns, string service) => null;

    /// <summary>The Gateways that chose a route.</summary>
    public virtual ImmutableArray<GatewayAttachment> AttachmentsOf(ManifestObject route) => [];

    /// <summary>Namespaces in which there is a route of that kind (null: any) and name.</summary>
    public virtual ImmutableArray<string> NamespacesOf(string? kind, string name) => [];

    /// <summary>Whether guesses may be put in where nothing is known.</summary>
    public virtual bool Guesses => false;
}
