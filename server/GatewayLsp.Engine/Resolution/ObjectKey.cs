namespace GatewayLsp.Engine.Resolution;

/// <summary>Identifies an object whatever version it is written in. <c>Namespace</c> is empty for cluster-scoped kinds.</summary>
public readonly record struct ObjectKey(string Group, string Kind, string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
