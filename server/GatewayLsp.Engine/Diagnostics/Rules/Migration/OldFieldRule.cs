using GatewayLsp.Engine.Migration;

namespace GatewayLsp.Engine.Diagnostics.Rules.Migration;

internal sealed class OldFieldRule : MigrationRule
{
    public override string Code => "old-field";

    public override string Title => "Field of an early version";

    public override RuleDoc Doc => new(
        "The field is one of an early version of Gateway API, or of another API that articles mix with it, and something else took its place. The message says what. It is reported in objects of any version, so that old manifests explain themselves.",
        "The versions that had the field are served by no cluster of today. The API server refuses it in v1, or drops it silently, and with it what you meant.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - forwardTo:
            - serviceName: store
              port: 8080
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - name: store
              port: 8080
        """,
        "Rewrites the field, with all that it holds, as v1 has it; comments stay. It is part of \"fix all\" unless something is left for a human to decide. `gateway-lsp migrate` does it for whole files and folders.");

    public override bool IsFor(MigrationNote note) => !note.IsValue;
}
