using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>What the API server checks in code for built-in kinds.</summary>
public sealed class CoreRuleTests
{
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: store\nspec:\n";
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: store\nspec:\n";
    private const string Ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: store\nspec:\n";

    [Theory]
    [InlineData("  selector: {app: store}\n", "missing-service-port 'spec' spec.ports")]
    [InlineData("  ports:\n  - port: 80\n  - name: b\n    port: 81\n", "missing-port-name 'port' spec.ports[0].name")]
    [InlineData("  ports:\n  - name: a\n    port: 80\n  - name: a\n    port: 81\n", "duplicate-port 'a' spec.ports[1].name")]
    [InlineData("  ports:\n  - name: a\n    port: 80\n  - name: b\n    port: 80\n", "duplicate-item '80' spec.ports[1]")]
    [InlineData("  type: NodePort\n  ports:\n  - name: a\n    port: 80\n    nodePort: 30080\n  - name: b\n    port: 81\n    nodePort: 30080\n", "duplicate-port '30080' spec.ports[1].nodePort")]
    [InlineData("  ports:\n  - name: A_b\n    port: 80\n", "invalid-port-name 'A_b' spec.ports[0].name")]
    [InlineData("  ports:\n  - port: 80\n    targetPort: much-too-long-name\n", "invalid-port-name 'much-too-long-name' spec.ports[0].targetPort")]
    [InlineData("  ports:\n  - port: 80\n    nodePort: 30080\n", "service-type-mismatch '30080' spec.ports[0].nodePort")]
    [InlineData("  type: NodePort\n  ports:\n  - port: 80\n    nodePort: 80\n", "service-type-mismatch '80' spec.ports[0].nodePort")]
    [InlineData("  type: ExternalName\n", "service-type-mismatch 'ExternalName' spec.externalName")]
    [InlineData("  type: LoadBalancer\n  clusterIP: None\n  ports:\n  - port: 80\n", "service-type-mismatch 'None' spec.clusterIPs[0]")]
    public void OneFaultOfAServiceIsOneFinding(string spec, string expected) => DiagnosticCheck.Check(Service + spec, expected);

    [Theory]
    [InlineData("  clusterIP: None\n  selector: {app: store}\n")]
    [InlineData("  type: ExternalName\n  externalName: a.example.com\n")]
    [InlineData("  ports:\n  - name: a\n    port: 53\n  - name: b\n    port: 53\n    protocol: UDP\n")]
    [InlineData("  type: NodePort\n  ports:\n  - port: 80\n    nodePort: 30080\n    targetPort: http\n")]
    [InlineData("  ports:\n  {{- range .Values.ports }}\n  - port: {{ . }}\n  {{- end }}\n")]
    public void GoodServicesAreLeftAlone(string spec) => DiagnosticCheck.Check(Service + spec);

    [Theory]
    [InlineData("  containers: []\n", "too-few-items '[]' spec.containers")]
    [InlineData("  containers:\n  - name: a\n", "invalid-container 'name' spec.containers[0].image")]
    [InlineData("  containers:\n  - name: A\n    image: a:1\n", "invalid-container 'A' spec.containers[0].name")]
    [InlineData("  initContainers:\n  - name: a\n    image: a:1\n  containers:\n  - name: a\n    image: a:1\n", "invalid-container 'a' spec.containers[0].name")]
    [InlineData("  containers:\n  - name: a\n    image: a:1\n    volumeMounts:\n    - name: v\n      mountPath: /v\n", "invalid-volume 'v' spec.containers[0].volumeMounts[0].name")]
    [InlineData("  containers:\n  - name: a\n    image: a:1\n    ports:\n    - name: HTTP\n      containerPort: 80\n", "invalid-port-name 'HTTP' spec.containers[0].ports[0].name")]
    public void OneFaultOfAPodIsOneFinding(string spec, string expected) => DiagnosticCheck.Check(Pod + spec, expected);

    [Theory]
    [InlineData("{}", "selector-mismatch '{}' spec.selector")]
    [InlineData("{matchLabels: {app: b}}", "selector-mismatch 'a' spec.template.metadata.labels")]
    [InlineData("{matchLabels: {app: a, tier: b}}", "selector-mismatch 'labels' spec.template.metadata.labels")]
    [InlineData("{matchLabels: {app: a}}")]
    public void SelectorsFitTheTemplate(string selector, params string[] expected) => DiagnosticCheck.Check(
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: store\nspec:\n  selector: {selector}\n  template:\n    metadata:\n      labels:\n        app: a\n    spec:\n      containers:\n      - name: a\n        image: a:1\n", expected);

    [Theory]
    [InlineData("kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a b: c\n", "invalid-config-key 'a b' data[a b]")]
    [InlineData("kind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: c\nbinaryData:\n  a: Yg==\n", "invalid-config-key 'a' binaryData[a]")]
    [InlineData("kind: Secret\nmetadata:\n  name: a\nstringData:\n  ..a: c\n", "invalid-config-key '..a' data[..a]")]
    [InlineData("kind: Secret\nmetadata:\n  name: a\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: c\n", "missing-secret-key 'kubernetes.io/tls' data[tls.key]")]
    [InlineData("kind: Secret\nmetadata:\n  name: a\ntype: kubernetes.io/basic-auth\nstringData:\n  username: c\n")]
    public void KeysOfData(string text, params string[] expected) => DiagnosticCheck.Check("apiVersion: v1\n" + text, expected);

    [Theory]
    [InlineData("  ingressClassName: a\n", "invalid-ingress 'spec' spec")]
    [InlineData("  defaultBackend: {}\n", "invalid-ingress '{}' spec.defaultBackend")]
    [InlineData("  defaultBackend:\n    service:\n      name: a\n      port:\n        name: a\n        number: 80\n", "invalid-ingress 'port' spec.defaultBackend")]
    [InlineData("  rules:\n  - host: 10.0.0.1\n", "invalid-ingress '10.0.0.1' spec.rules[0].host")]
    [InlineData("  rules:\n  - host: '*.A.b'\n", "invalid-ingress ''*.A.b'' spec.rules[0].host")]
    [InlineData("  rules:\n  - http:\n      paths:\n      - pathType: Exact\n        path: a\n        backend:\n          service:\n            name: a\n            port:\n              number: 80\n", "invalid-ingress 'a' spec.rules[0].http.paths[0].path")]
    public void OneFaultOfAnIngressIsOneFinding(string spec, string expected) => DiagnosticCheck.Check(Ingress + spec, expected);

    [Theory]
    [InlineData("  finalizers:\n  - A b/c\n", "invalid-finalizer 'A b/c' metadata.finalizers")]
    [InlineData("  ownerReferences:\n  - apiVersion: v1\n    kind: Pod\n    name: ''\n    uid: a\n", "invalid-owner '''' metadata.ownerReferences.name")]
    public void Metadata(string metadata, string expected) =>
        DiagnosticCheck.Check("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n" + metadata + "spec: {}\n", expected);
}
