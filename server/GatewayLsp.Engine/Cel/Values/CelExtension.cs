namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A value of one of the types that Kubernetes adds to the language.</summary>
public abstract class CelExtension : CelValue
{
    private protected CelExtension(CelKind kind)
        : base(kind)
    {
    }

    internal abstract bool SameAs(CelExtension other);
}
