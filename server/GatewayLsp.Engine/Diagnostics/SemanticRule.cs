using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// A rule about what objects mean together. It says nothing of what is not known: an object that no file holds is absent only
/// where the files tell of others like it, or the workspace is declared complete.
/// </summary>
internal abstract class SemanticRule : IRule
{
    public abstract string Code { get; }

    public abstract string Title { get; }

    public virtual DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Semantic;

    public abstract RuleDoc Doc { get; }

    /// <summary>The kinds that it is asked about.</summary>
    public abstract SubjectKinds Kinds { get; }

    /// <summary>Looks at one object of one of its kinds.</summary>
    public abstract void Check(ObjectView view, SemanticContext context);
}
