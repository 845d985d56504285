using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>An IPv4 address in place of a hostname, which the pattern of hostnames lets pass (Hostname: no IP addresses).</summary>
internal sealed class AddressAsHostnameRule : ViewRule
{
    public override string Code => "address-as-hostname";

    public override string Title => "IP address in place of a hostname";

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The hostname of a listener or route is an IPv4 address.",
        "The API server accepts it, because an address looks like a name of digits. The specification excludes addresses: TLS server names never are addresses, and implementations may refuse the listener or route. Without a hostname, requests to the address are taken too.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames:
          - 10.0.0.1
          rules:
          - backendRefs:
            - name: store
              port: 80
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
              port: 80
        """,
        "Removes the hostname. The listener or route then takes requests for other hostnames too, so it is never applied unseen.");

    protected override void Check(ObjectView view, ObjectContext context)
    {
        foreach (Listener listener in Listeners(view))
        {
            Check(listener.Node.At("hostname"), context);
        }
        // Of a TLSRoute the API server itself refuses addresses.
        if (view is Route { Type: not RouteKind.Tls } route)
        {
            foreach (RouteHostname hostname in route.Hostnames)
            {
                Check(hostname.Node, context);
            }
        }
    }

    private void Check(YamlNode? node, ObjectContext context)
    {
        if (node?.Text() is { } text && IsAddress(text))
        {
            Report(context, node, $"{Words.Shown(text)} is an IP address; a hostname must be a DNS name. Leave it out to serve requests to any address.", Fixes(node, context));
        }
    }

    private static ImmutableArray<Fix> Fixes(YamlNode node, ObjectContext context)
    {
        var edits = new YamlEdits(context.Document);
        SpanEdit? edit = node.Owner switch
        {
            YamlEntry entry => edits.Remove(entry),
            YamlSequence { Items.Length: > 1 } list => edits.Remove(list, node.ItemIndex()),
            YamlSequence { Owner: YamlEntry entry } => edits.Remove(entry),
            _ => null,
        };
        return edit is { } removal ? [new Fix($"Remove {Words.Shown(node.Text()!)}", [removal], IsPreferred: false)] : [];
    }

    /// <summary>Four numbers up to 255.</summary>
    private static bool IsAddress(string text)
    {
        int parts = 0;
        foreach (Range part in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> digits = text.AsSpan()[part];
            if (++parts > 4 || digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange('0', '9') || int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) > 255)
            {
                return false;
            }
        }
        return parts == 4;
    }
}
