using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Clusters;

/// <summary>A connected cluster reports that something of an object is not as it should be.</summary>
internal sealed class LiveConditionRule : IRule
{
    public string Code => "live-condition";

    public string Title => "Negative condition in a connected cluster";

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Semantic;

    public RuleDoc Doc => new(
        "A controller of a connected cluster has set a negative condition in the status of the object: `Accepted`, `Programmed` or `ResolvedRefs` is `False`, or `Conflicted` or `PartiallyInvalid` is `True`. It is told at the listener, parent or backend that the condition is about. Only conditions of the present generation count, and an object without status is not finished, not wrong. What another finding already says of the object (same reason) is not said twice. When the manifest differs from what the cluster has, it is only information: the change may be the repair.",
        "What is reported does not work in that cluster now, whatever the manifests promise. The example has the finding while the cluster reports that no Service `chekout` exists.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - name: chekout
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - name: checkout
              port: 80
        """,
        "There is no fix: what has to change is often not in the manifest.");

    /// <param name="hasDrifted">The manifest differs from what the cluster has.</param>
    public Diagnostic Finding(ManifestObject one, LiveFact fact, ObservedCluster cluster, bool hasDrifted)
    {
        YamlNode place = LivePlaces.Of(one, fact);
        TextSpan span = place is YamlMapping { Entries: [var first, ..] } ? first.Key.Span : place.Span;
        string whose = fact.Listener is { } listener ? $" for listener `{listener}`" : fact.Parent is { } parent ? $" for parent `{parent}`" : "";
        string words = ReasonWords.Of(fact.Type, fact.Reason) is { } known ? ": " + known : "";
        string said = fact.Message.Length > 0 ? $" ({fact.Message.TrimEnd('.')})" : "";
        string since = hasDrifted ? " The manifest has changed since it was applied." : "";
        return new Diagnostic
        {
            Code = Code,
            Severity = hasDrifted ? DiagnosticSeverity.Information : Severity,
            Source = Source,
            Message = $"{cluster.Target.Label} reports {fact.Type} = {fact.Status}, {fact.Reason}{whose}{words}{said}.{since}",
            Span = span,
            Object = one,
            Field = FieldPath.Of(place, one.Node),
        };
    }
}
