using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class InvalidGrpcMethodRule : FieldsRule
{
    public override string Code => "invalid-grpc-method";

    public override string Title => "Match on a gRPC method that can not be";

    public override RuleDoc Doc => new(
        "A match on the method names neither a service nor a method, or a name has characters that names in `.proto` files do not have.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - method:
                service: example.Store/Login
            backendRefs:
            - name: store
              port: 9000
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - method:
                service: example.Store
                method: Login
            backendRefs:
            - name: store
              port: 9000
        """,
        "There is no fix: the names stand in the `.proto` file.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        string field = broken.Rule.Expression.Contains("method.matches", StringComparison.Ordinal) ? "method" : "service";
        return NodeOf(broken.Value, field) is { } node ? [node] : [];
    }
}
