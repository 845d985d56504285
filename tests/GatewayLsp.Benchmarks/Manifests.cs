using System.Globalization;
using System.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>Inputs made in code: as large as asked, the same each time.</summary>
internal static class Manifests
{
    /// <summary>What people have open: a Gateway, some routes, their Services.</summary>
    public static string Typical() => Documents(8);

    /// <summary>A Gateway in front, then routes and Services in turn, some 30 lines each.</summary>
    public static string Documents(int count)
    {
        var text = new StringBuilder(Gateway);
        for (int i = 1; i < count; i++)
        {
            text.Append("---\n").Append((i % 2 == 0 ? Service : Route).Replace("NUMBER", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return text.ToString();
    }

    /// <summary>One document: a list of that many routes, some 16 lines each.</summary>
    public static string List(int count)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        for (int i = 0; i < count; i++)
        {
            text.Append(Item.Replace("NUMBER", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return text.ToString();
    }

    /// <summary>One document: a ConfigMap with a block scalar of that many lines, and an entry behind it.</summary>
    public static string Block(int lines)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n  big.txt: |\n");
        for (int i = 0; i < lines; i++)
        {
            text.Append("    a line of text, with {braces} and [brackets]\n");
        }
        return text.Append("immutable: true\n").ToString();
    }

    private const string Item =
        """
        - apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata:
            name: route-NUMBER
            namespace: shop
          spec:
            parentRefs:
            - name: front
            rules:
            - matches:
              - path:
                  type: PathPrefix
                  value: /api/NUMBER
              backendRefs:
              - name: service-NUMBER
                port: 8080

        """;

    private const string Gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          namespace: shop
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            protocol: HTTP
            port: 80
            allowedRoutes:
              namespaces:
                from: Same
          - name: https
            protocol: HTTPS
            port: 443
            tls:
              certificateRefs:
              - name: shop

        """;

    private const string Route =
        """
        # Route number NUMBER.
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: route-NUMBER
          namespace: shop
          labels:
            app.kubernetes.io/name: shop
        spec:
          parentRefs:
          - name: front
            sectionName: https
          hostnames:
          - "hNUMBER.shop.example"
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /api/NUMBER
              headers:
              - name: x-canary
                value: "true"
              method: GET
            filters:
            - type: RequestHeaderModifier
              requestHeaderModifier:
                set:
                - {name: x-route, value: "NUMBER"}
            backendRefs:
            - name: service-NUMBER
              port: 8080
              weight: 90
            - name: service-next
              port: 8080
              weight: 10
            timeouts:
              request: 10s

        """;

    private const string Service =
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: service-NUMBER
          namespace: shop
        spec:
          selector:
            app: service-NUMBER
          ports:
          - name: http
            port: 8080
            targetPort: http
          - name: metrics
            port: 9090

        """;
}
