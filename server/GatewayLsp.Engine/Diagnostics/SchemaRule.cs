using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>A rule for one way to break a schema: <see cref="SchemaValidator"/> finds the place, the rule has the words and the fix.</summary>
internal abstract class SchemaRule : IRule
{
    public abstract string Code { get; }

    public abstract string Title { get; }

    public virtual DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Schema;

    public abstract RuleDoc Doc { get; }

    public abstract void Report(SchemaIssue issue, ObjectContext context);
}
