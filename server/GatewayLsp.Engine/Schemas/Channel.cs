namespace GatewayLsp.Engine.Schemas;

/// <summary>Release channel of Gateway API that a cluster has installed.</summary>
public enum Channel : byte
{
    Standard,
    Experimental,
}
