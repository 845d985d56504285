using CsCheck;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Manifests with faults as people make them: wrong values, misspelt, missing and doubled fields, other styles.</summary>
internal static class Mutations
{
    private static readonly string[] Sound =
    [
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          labels: {app: store, tier: web}
        spec:
          parentRefs:
          - name: edge # the public one
            sectionName: https
          hostnames: ["store.example.com", '*.example.org']
          rules:
            # cart first
            - matches:
                - path:
                    type: PathPrefix
                    value: /cart
                  headers:
                    - name: x-canary
                      value: "1"
                    - name: x-user
                      value: someone
              filters:
                - type: RequestHeaderModifier
                  requestHeaderModifier:
                    set: [{name: x-a, value: b}, {name: x-c, value: d}]
                    remove:
                    - x-one
                    - x-two
              backendRefs:
                - {name: cart, port: 8080, weight: 9}
                - name: cart-canary
                  port: 8080
                  weight: 1
              timeouts:
                request: 10s
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
          annotations:
            note: |
              two
              lines
        spec:
          gatewayClassName: example
          addresses:
          - value: 10.0.0.1
          listeners:
          - name: http
            port: 80
            protocol: HTTP
            allowedRoutes: &routes
              namespaces:
                from: Selector
                selector:
                  matchLabels: {team: shop}
          - name: https
            protocol: HTTPS
            port: 443
            hostname: "*.example.com"
            tls:
              mode: Terminate
              certificateRefs:
              - name: edge-cert
            allowedRoutes: *routes
        """,
        """
        {"apiVersion": "gateway.networking.k8s.io/v1beta1", "kind": "ReferenceGrant", "metadata": {"name": "routes"},
         "spec": {"from": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "shop"}], "to": [{"group": "", "kind": "Service"}]}}
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          selector:
            app: store
          ports:
          - name: http
            port: 80
            targetPort: 8080
            protocol: TCP
          - {name: grpc, port: 90, targetPort: grpc}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: store}
        spec:
          replicas: 2
          selector: {matchLabels: {app: store}}
          template:
            metadata: {labels: {app: store}}
            spec:
              containers:
              - name: web
                image: example.com/store:1.0
                ports:
                - containerPort: 8080
        """,
    ];

    private static readonly string[] Values =
        ["yes", "80", "\"80\"", "'true'", "1.5", "-1", "99999999999", "null", "~", "[]", "{}", "\"\"", "Exact", "http", "a b", "Store_1", "[x, y]", "{x: y}", "*.Example", "|-\n text"];

    private static readonly Gen<(int Kind, int At, int Value)> Step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000], Gen.Int[0, Values.Length - 1]);

    /// <summary>Sound manifests with one to three faults, with either kind of line break.</summary>
    public static readonly Gen<string> Broken = Gen.Select(Gen.Int[0, Sound.Length - 1].Select(i => Sound[i] + "\n"), Step.Array[1, 3], Gen.Bool)
        .Select((text, steps, windows) => steps.Aggregate(windows ? text.ReplaceLineEndings("\r\n") : text, Mutate));

    private static string Mutate(string text, (int Kind, int At, int Value) step)
    {
        DocumentSlot[] slots = [.. ManifestFile.Parse("m.yaml", text).Documents];
        DocumentSlot slot = slots[step.At % slots.Length];
        YamlEntry[] entries = [.. slot.Document.Root?.DescendantsAndSelf().OfType<YamlMapping>().SelectMany(m => m.Entries) ?? []];
        if (entries.Length == 0)
        {
            return text;
        }
        YamlEntry entry = entries[step.At % entries.Length];
        TextSpan key = entry.Key.Span;
        TextSpan value = entry.Value.Span;
        return step.Kind switch
        {
            // Deeper than the key, where a list may stand below at the same column but nothing else may.
            0 => Replace(text, slot, value, (entry.Value is YamlSequence { IsFlow: false } ? "  " : "") + Values[step.Value]),
            1 => Replace(text, slot, key, entry.Name.Length > 3 ? entry.Name.Remove(step.At % entry.Name.Length, 1) : entry.Name + "s"),
            2 => Replace(text, slot, key, "xyz"),
            3 => Replace(text, slot, TextSpan.FromBounds(slot.Document.Lines.LineStart(slot.Document.Lines.LineOf(key.Start)), NextLine(slot, key.Start)), ""),
            4 => Replace(text, slot, new TextSpan(NextLine(slot, key.Start), 0), Line(slot, key.Start)),
            _ => entry.Value is YamlScalar { IsMissing: false } scalar ? Replace(text, slot, value, scalar.Value.ToUpperInvariant()) : text,
        };
    }

    private static string Line(DocumentSlot slot, int offset)
    {
        int line = slot.Document.Lines.LineOf(offset);
        return slot.Document.Text[slot.Document.Lines.LineStart(line)..NextLine(slot, offset)];
    }

    private static int NextLine(DocumentSlot slot, int offset) => slot.Document.Lines.LineStart(slot.Document.Lines.LineOf(offset) + 1);

    private static string Replace(string text, DocumentSlot slot, TextSpan span, string newText) =>
        string.Concat(text.AsSpan(0, slot.Start + span.Start), newText, text.AsSpan(slot.Start + span.End));
}
