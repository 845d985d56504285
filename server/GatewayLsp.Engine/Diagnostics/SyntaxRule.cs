namespace GatewayLsp.Engine.Diagnostics;

/// <summary>A rule that the YAML reader keeps itself: it finds the place, has the words and the fix; here is what it means.</summary>
internal abstract class SyntaxRule : IRule
{
    public abstract string Code { get; }

    public abstract string Title { get; }

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Yaml;

    public abstract RuleDoc Doc { get; }
}
