namespace GatewayLsp.Engine.Diagnostics.Rules.Kustomizations;

/// <summary>A kustomization that kustomize refuses to build, see <see cref="Kustomize.BuildProblem"/>.</summary>
internal sealed class KustomizationRefusedRule : IRule
{
    public string Code => "kustomization-refused";

    public string Title => "Kustomization that can't be built";

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Semantic;

    public RuleDoc Doc => new(
        "A patch of a kustomization can't be applied: it names an object that the kustomization does not have, or has several times, an operation of it leads to nothing, or it begins with `[` and is not JSON. It is told only where all that the kustomization is built from is in the workspace. On the command line, where every file can be looked for, also: a file that the kustomization names is not there; that is a warning for files of generators, which may be put there only where it is deployed.",
        "kustomize builds nothing then, so nothing of the kustomization is deployed. The example has the finding in the `kustomization.yaml` of a folder whose `app.yaml` has no Service `chekout`.",
        """
        resources:
        - app.yaml
        patches:
        - patch: |
            apiVersion: v1
            kind: Service
            metadata:
              name: chekout
            spec:
              type: ClusterIP
        """,
        """
        resources:
        - app.yaml
        patches:
        - patch: |
            apiVersion: v1
            kind: Service
            metadata:
              name: checkout
            spec:
              type: ClusterIP
        """,
        "There is no fix: either the patch or the object that it is for is not what was meant, or a file has to be added.");

    public Diagnostic Finding(string kustomization, string reason, Text.TextSpan span) => new()
    {
        Code = Code,
        Severity = Severity,
        Source = Source,
        Message = $"kustomize refuses to build `{kustomization}`: {reason}.",
        Span = span,
    };
}
