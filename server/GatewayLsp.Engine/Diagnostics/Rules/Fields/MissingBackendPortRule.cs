using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class MissingBackendPortRule : FieldsRule
{
    public const string Name = "missing-backend-port";

    /// <summary>Put in where no Service is known that could tell.</summary>
    public const string Guess = "80";

    public override string Code => Name;

    public override string Title => "Backend without a port";

    public override RuleDoc Doc => new(
        "A reference to a Service has no `port`.",
        "The API server rejects the object. Only backends of other kinds may do without.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - name: store
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
        "Inserts a port of the Service, if the Service is in the workspace: safe when it has only one. Else `port: 80`, which is a guess: look up the number in `spec.ports[].port` of the Service.");

    public override void Report(BrokenRule broken, ObjectContext context)
    {
        if (!IsIndentedTooLittle(broken.Value.Origin, context))
        {
            base.Report(broken, context);
        }
    }

    /// <summary>True when the port is there, but left of the backend that it belongs to: that is said of it, and with it put right none is missing.</summary>
    private static bool IsIndentedTooLittle(YamlNode? backend, ObjectContext context)
    {
        for (YamlNode? at = backend?.Parent; at is not null && context.Schema is { } schema; at = at.Parent)
        {
            if (at is YamlMapping mapping && mapping.Find("port") is { } stray
                && Reindentation.Of(stray, context.Object, schema, context.Document) is { IsDeeper: true } place && ReferenceEquals(place.Owner, backend))
            {
                return true;
            }
        }
        return false;
    }

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => NodeOf(broken.Value, "name") is { } name ? [name] : [];

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) =>
        Addition(broken, "port", context, JsonValue.Of(int.Parse(Guess, System.Globalization.CultureInfo.InvariantCulture)));
}
