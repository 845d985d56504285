namespace GatewayLsp.Engine.Diagnostics;

/// <summary>A rule that looks at the head or the metadata of one object.</summary>
internal abstract class ObjectRule : IRule
{
    public abstract string Code { get; }

    public abstract string Title { get; }

    public virtual DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public virtual DiagnosticSource Source => DiagnosticSource.Schema;

    public abstract RuleDoc Doc { get; }

    public abstract void Check(ObjectContext context);
}
