using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class ListenerProtocolMismatchRule : FieldsRule
{
    public override string Code => "listener-protocol-mismatch";

    public override string Title => "Listener fields that do not fit its protocol";

    public override RuleDoc Doc => new(
        "A listener has `tls` or `hostname` though its protocol has no use for it, lacks `tls` though its protocol needs it, or passes TLS through where it must end it.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: web
            protocol: HTTP
            port: 80
            tls:
              certificateRefs:
              - name: edge-tls
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: web
            protocol: HTTPS
            port: 443
            tls:
              certificateRefs:
              - name: edge-tls
        """,
        "Corrects the protocol, adds `tls`, or removes the field. None is applied unseen, because each makes another listener.");

    public override void Report(BrokenRule broken, ObjectContext context)
    {
        foreach (PlainMap listener in Items(broken.Value))
        {
            if (Culprit(broken.Rule.Expression, listener) is { } culprit)
            {
                Report(broken, culprit, context, Fixes(listener, TextOf(listener, "protocol"), culprit, context));
            }
        }
    }

    private static YamlNode? Culprit(string rule, PlainMap listener)
    {
        YamlNode? tls = NodeOf(listener, "tls");
        return TextOf(listener, "protocol") switch
        {
            "HTTP" when rule.Contains("'HTTP'", StringComparison.Ordinal) => tls,
            "TCP" or "UDP" when rule.Contains("'HTTP'", StringComparison.Ordinal) => tls,
            "TCP" or "UDP" when rule.Contains("hostname", StringComparison.Ordinal) => NodeOf(listener, "hostname"),
            "HTTPS" when rule.Contains("'HTTPS'", StringComparison.Ordinal) && TextOf(listener.Find("tls"), "mode") == "Passthrough" => NodeOf(listener.Find("tls"), "mode"),
            "TLS" when rule.Contains("'TLS'", StringComparison.Ordinal) && listener.Find("tls") is null => NodeOf(listener, "protocol"),
            _ => null,
        };
    }

    private static ImmutableArray<Fix> Fixes(PlainMap listener, string protocol, YamlNode culprit, ObjectContext context)
    {
        YamlNode? word = NodeOf(listener, "protocol");
        switch (protocol)
        {
            case "HTTP":
                string secure = TextOf(listener.Find("tls"), "mode") == "Passthrough" ? "TLS" : "HTTPS";
                return [.. Change(word, secure, $"Change `protocol` to `{secure}`"), .. Removal(culprit, context)];
            case "HTTPS":
                return [.. Change(word, "TLS", "Change `protocol` to `TLS`"), .. Change(culprit, "Terminate", "Change `mode` to `Terminate`")];
            case "TLS" when listener.Origin is YamlMapping mapping:
                JsonValue tls = JsonValue.OfMembers([new("mode", JsonValue.Of("Passthrough"))]);
                return new YamlEdits(context.Document).Insert(mapping, mapping.FindOwn("tls"), "tls", tls, null) is { } edit
                    ? [new Fix("Add `tls` with `mode: Passthrough`", [edit], IsPreferred: false)] : [];
            default:
                return Removal(culprit, context);
        }
    }
}
