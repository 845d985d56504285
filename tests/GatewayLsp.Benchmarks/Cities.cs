using System.Globalization;
using System.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// A large platform made in code, the same each time: teams with a namespace each, shared Gateways, routes that cross
/// namespaces with grants, ListenerSets, policies. Five routes to a file.
/// </summary>
internal static class Cities
{
    private const int RoutesInFile = 5;
    private const int RoutesOfTeam = 50;
    private const int TeamsOfGateway = 20;

    /// <summary>Path and text of every file.</summary>
    public static IEnumerable<(string Path, string Text)> Files(int routes)
    {
        int teams = Math.Max(1, routes / RoutesOfTeam);
        for (int gateway = 0; gateway * TeamsOfGateway < teams; gateway++)
        {
            yield return ($"gateways/{gateway}.yaml", Gateway(gateway));
        }
        for (int team = 0; team < teams; team++)
        {
            yield return ($"teams/{team}/base.yaml", Team(team));
            for (int first = 0; first < RoutesOfTeam; first += RoutesInFile)
            {
                var text = new StringBuilder();
                for (int route = first; route < first + RoutesInFile; route++)
                {
                    text.Append(route == first ? "" : "---\n").Append(Route(team, route)).Append("---\n").Append(Service(team, route));
                }
                yield return ($"teams/{team}/routes-{first}.yaml", text.ToString());
            }
        }
    }

    public static string Gateway(int number, int port = 80) => Fill(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: gateway-A
          namespace: infra
        spec:
          gatewayClassName: shared
          allowedListeners:
            namespaces:
              from: All
          listeners:
          - name: http
            protocol: HTTP
            port: B
            hostname: "*.example.com"
            allowedRoutes:
              namespaces:
                from: Selector
                selector:
                  matchLabels:
                    exposed: "yes"
          - name: https
            protocol: HTTPS
            port: 443
            hostname: "*.example.com"
            tls:
              certificateRefs:
              - name: wildcard
                namespace: certificates
            allowedRoutes:
              namespaces:
                from: All

        """, number, port);

    public static string Team(int number) => Fill(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: team-A
          labels:
            exposed: "yes"
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata:
          name: neighbours
          namespace: team-A
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: team-B
          to:
          - group: ""
            kind: Service
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata:
          name: own
          namespace: team-A
        spec:
          parentRef:
            name: gateway-C
            namespace: infra
          listeners:
          - name: own
            protocol: HTTP
            port: 80
            hostname: team-A.example.org

        """, number, number + 1, number / TeamsOfGateway);

    /// <summary>Every tenth goes to a Service of the team before, too.</summary>
    public static string Route(int team, int number, int weight = 90)
    {
        string text = Fill(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: route-B
              namespace: team-A
            spec:
              parentRefs:
              - name: gateway-C
                namespace: infra
              hostnames:
              - app-B.team-A.example.com
              rules:
              - matches:
                - path:
                    type: PathPrefix
                    value: /
                - headers:
                  - name: version
                    value: two
                filters:
                - type: RequestHeaderModifier
                  requestHeaderModifier:
                    set:
                    - name: team
                      value: team-A
                backendRefs:
                - name: service-B
                  port: 8080
                  weight: D

            """, team, number, team / TeamsOfGateway, weight);
        return team > 0 && number % 10 == 0
            ? text + Fill("    - name: service-B\n      namespace: team-A\n      port: 8080\n      weight: 10\n", team - 1, number)
            : text;
    }

    public static string Service(int team, int number, int port = 8080) => Fill(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: service-B
          namespace: team-A
        spec:
          selector:
            app: app-B
          ports:
          - name: http
            port: C
            targetPort: http

        """, team, number, port);

    /// <summary>Puts numbers in place of the marks A, B, C, D after a dash, a point or at a value's start.</summary>
    private static string Fill(string text, params ReadOnlySpan<int> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            string number = values[i].ToString(CultureInfo.InvariantCulture);
            char mark = (char)('A' + i);
            text = text.Replace("-" + mark, "-" + number, StringComparison.Ordinal).Replace(": " + mark + "\n", ": " + number + "\n", StringComparison.Ordinal);
        }
        return text;
    }
}
