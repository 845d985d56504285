using System.Text;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>
/// A small folder of kustomizations, put together by chance from what kustomize can do, now and then with a mistake. The same seed gives
/// the same folder.
/// </summary>
internal sealed class RandomKustomization(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public const string Root = "overlay";

    /// <summary>Texts by path, relative to the folder.</summary>
    public static IReadOnlyDictionary<string, string> Of(int seed)
    {
        var made = new RandomKustomization(seed);
        made.Make();
        return made._files;
    }

    private void Make()
    {
        var names = new List<string>();
        int count = _random.Next(2, 6);
        for (int i = 0; i < count; i++)
        {
            string name = $"o{i}.yaml";
            names.Add(name);
            _files["base/" + name] = Object(i);
        }
        _files["base/kustomization.yaml"] = Lines("resources:", names.Select(static name => "- " + name)) + (Chance(40) ? Features("base/", 1) : "");
        var resources = new List<string> { "../base" };
        if (Chance(25))
        {
            resources.Add("more.yaml");
            _files[Root + "/more.yaml"] = Object(7);
        }
        if (Chance(3))
        {
            resources.Add(Pick("missing.yaml", "../base/o0.yaml", "../component", "../overlay"));
        }
        string text = Lines("resources:", resources.Select(static name => "- " + name));
        if (Chance(20))
        {
            text += "components:\n- ../component\n";
            _files["component/kustomization.yaml"] = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + Features("component/", 1);
        }
        _files[Root + "/kustomization.yaml"] = text + Features(Root + "/", 4) + (Chance(4) ? Pick("namePrefixx: a-\n", "resource: [a]\n", "namespace: 1\n", "commonAnnotations: {n: \"1\"}\n", "commonAnnotations: {k: 1}\n", "labels: {a: b}\n", "namespace: twice\n") : "");
    }

    private string Features(string folder, int atMost)
    {
        var text = new StringBuilder();
        var used = new HashSet<int>();
        for (int i = _random.Next(1, atMost + 1); i > 0; i--)
        {
            int feature = _random.Next(12);
            if (!used.Add(feature))
            {
                continue;
            }
            text.Append(feature switch
            {
                0 => $"namespace: {Pick("shop", "other", "\"on\"", "default")}\n",
                1 => $"namePrefix: {Pick("p-", "q-", "\"1\"")}\n",
                2 => $"nameSuffix: {Pick("-s", "-1")}\n",
                3 => "labels:\n" + Label() + (Chance(30) ? Label() : ""),
                4 => $"commonLabels: {{{Pick("team: blue", "app: new", "\"y\": \"1\"")}}}\n",
                5 => $"commonAnnotations: {{{Pick("note: \"1\"", "a.example.com/b: text", "k: ~")}}}\n",
                6 or 7 => "patches:\n" + Patch(folder) + (Chance(50) ? Patch(folder) : ""),
                8 => $"patchesStrategicMerge:\n- |-\n{Indented(Merge(), 2)}",
                9 => $"patchesJson6902:\n- target: {{{Pick("version: v1, kind: Service, name: o0", "kind: HTTPRoute, name: o1", "name: o2", "kind: Deployment")}}}\n  patch: |-\n{Indented(Operations(), 4)}",
                10 => $"replicas:\n- name: {Pick("o0", "o1", "o2", "p-o1")}\n  count: {_random.Next(5)}\n",
                _ => "replacements:\n" + Replacement() + (Chance(30) ? Replacement() : ""),
            });
        }
        return text.Length == 0 ? "namespace: shop\n" : text.ToString();
    }

    private string Label() =>
        $"- pairs: {{{Pick("team: red", "app: new", "a/b: \"1\"")}}}\n"
        + (Chance(30) ? $"  includeSelectors: {Pick("true", "false", "yes")}\n" : "") + (Chance(30) ? "  includeTemplates: true\n" : "")
        + (Chance(25) ? $"  fields: [{{path: {Pick("spec/extra", "spec/template/metadata/labels", "metadata/labels", "spec/rules/labels", "spec/ports")}, create: {Pick("true", "false")}{Pick("", ", kind: HTTPRoute", ", kind: Deployment", ", kind: Service")}}}]\n" : "");

    private string Patch(string folder)
    {
        bool isJson = Chance(50);
        string body = isJson ? Operations() : Merge();
        var text = new StringBuilder("- ");
        if (Chance(30))
        {
            string file = $"patch{_files.Count}.yaml";
            _files[folder + file] = body;
            text.Append(Chance(3) ? "path: ../base/o0.yaml\n" : $"path: {file}\n");
        }
        else
        {
            text.Append("patch: |-\n").Append(Indented(body, 4));
        }
        if (isJson ? Chance(97) : Chance(50))
        {
            text.Append("  target: {").Append(string.Join(", ", new[]
            {
                Pick("kind: HTTPRoute", "kind: Service", "kind: Deployment", "kind: .*Route|Service", "group: apps", "version: v1", "kind: Gateway.*"),
                Chance(30) ? "name: " + Pick("o0", "o1", "o.*", "\"^o2$\"", "p-o1", "nothing") : "",
                Chance(20) ? "namespace: " + Pick("shop", "default", "s.*", "other") : "",
                Chance(30) ? "labelSelector: \"" + Pick("app=a", "app in (a, b)", "app notin (a)", "!app", "app!=a", "team", "app in (a", "tier>1", "app==b,tier") + "\"" : "",
            }.Where(static part => part.Length > 0))).Append("}\n");
        }
        if (Chance(10))
        {
            text.Append($"  options: {{{Pick("allowNameChange: true", "allowKindChange: true", "allowNameChange: false")}}}\n");
        }
        return text.ToString();
    }

    private string Operations()
    {
        var text = new StringBuilder();
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            text.Append(Pick(
                "- {op: replace, path: /metadata/name, value: renamed}\n",
                "- {op: add, path: /metadata/labels, value: {app: b, tier: \"2\"}}\n",
                "- {op: add, path: /metadata/annotations, value: {x: \"yes\"}}\n",
                "- {op: replace, path: /spec/nothing, value: 1}\n",
                "- {op: add, path: /spec/rules/-1, value: {name: added}}\n",
                "- {op: add, path: /spec/rules/-, value: {name: last}}\n",
                "- {op: remove, path: /spec/rules/-1}\n",
                "- {op: remove, path: /spec/rules/0/name}\n",
                "- {op: replace, path: /spec/rules/0/backendRefs/0/port, value: 8080}\n",
                "- {op: test, path: /spec/rules/0/backendRefs/0/port, value: 80}\n",
                "- {op: test, path: /spec/ports/0/port, value: 80}\n",
                "- {op: test, path: /spec/missing, value: null}\n",
                "- {op: test, path: /metadata/labels, value: {app: a}}\n",
                "- {op: copy, from: /spec/ports/0, path: /spec/ports/-}\n",
                "- {op: move, from: /metadata/labels, path: /metadata/annotations}\n",
                "- {op: add, path: /spec/ports/1, value: {name: second, port: 81}}\n",
                "- {op: add, path: /spec/a~1b, value: [1, \"2\", null, true]}\n",
                "- {op: add, path: /spec/deep/er, value: 1}\n",
                "- {op: remove, path: /spec/ports/9}\n",
                "- {op: replace, path: /spec/ports/0/port, value: \"80\"}\n",
                "- {op: replace, path: /spec/replicas, value: 3}\n",
                "- {op: add, path: /spec/yes, value: yes}\n"));
        }
        return text.ToString();
    }

    private string Merge()
    {
        int at = _random.Next(5);
        (string version, string kind) = Kind(at);
        if (Chance(15))
        {
            (version, kind) = Kind(_random.Next(14));
        }
        string body = Pick(
            "spec: {extra: {a: 1}}\n", "spec: {rules: [{name: only}]}\n", "metadata: {labels: {app: b}}\n", "metadata: {annotations: {a: null, z: \"1\"}}\n",
            "spec: {ports: [{port: 80, name: web}, {port: 90}]}\n", "spec: {ports: [{port: 80, $patch: delete}]}\n", "$patch: delete\n",
            "spec: {template: {spec: {containers: [{name: c, env: [{name: A, value: \"2\"}, {name: B, value: x}]}]}}}\n",
            "spec: {template: {spec: {containers: [{name: d, image: other}]}}}\n", "spec: {template: {spec: {containers: [{$patch: replace}, {name: e}]}}}\n",
            "spec: {selector: null}\n", "spec: {$patch: replace, rules: []}\n", "spec: {rules: null, hostnames: []}\n", "spec: {listeners: [{name: h, port: 81}]}\n",
            "data: {k: v2, new: \"true\"}\n", "spec: {replicas: 2, empty: {}}\n", "spec: {template: {metadata: {labels: null}}}\n");
        string name = Chance(8) ? "else" : Chance(5) ? $"p-o{at}" : $"o{at}";
        string ns = Chance(60) ? "" : $", namespace: {Pick("shop", "other", "default")}";
        return body.StartsWith("metadata: {", StringComparison.Ordinal)
            ? $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}{ns}, {body["metadata: {".Length..]}"
            : $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}{ns}}}\n{body}";
    }

    private string Replacement() =>
        $"- source: {{{Pick("kind: Service, name: o0", "kind: HTTPRoute, name: o1", "kind: Deployment", "kind: ConfigMap")}"
        + (Chance(80) ? ", fieldPath: " + Pick("spec.ports.0.port", "spec.ports.[name=http].port", "metadata.namespace", "metadata.name", "metadata.labels.app", "metadata.labels", "spec.rules.0.name", "data.k", "spec.nothing") : "")
        + (Chance(15) ? ", options: {delimiter: \"-\", index: " + Pick("0", "1", "-1") + "}" : "") + "}\n"
        + $"  targets:\n  - select: {{{Pick("kind: HTTPRoute", "kind: Service", "name: o1", "kind: Deployment, name: o2", "kind: HTTPRoute, namespace: shop")}}}\n"
        + (Chance(15) ? "    reject: [{name: o1}]\n" : "")
        + "    fieldPaths: [" + Pick("spec.rules.*.backendRefs.*.port", "spec.rules.0.name", "metadata.annotations.from", "\"metadata.annotations.[x.y/z]\"", "\"metadata.annotations.[x/y]\"",
            "spec.ports.[name=http].port", "spec.ports.[name=h].port", "spec.template.metadata.labels", "metadata.name", "spec.made.deep", "spec.rules.1.name", "spec.selector", "\"spec.list.[name=a].value\"") + "]\n"
        + (Chance(40) ? "    options: {create: true" + (Chance(20) ? ", delimiter: \"-\", index: " + Pick("0", "1", "-1", "9") : "") + "}\n" : "");

    private static (string Version, string Kind) Kind(int at) => at switch
    {
        0 => ("v1", "Service"),
        1 => ("gateway.networking.k8s.io/v1", "HTTPRoute"),
        2 => ("apps/v1", "Deployment"),
        3 => ("gateway.networking.k8s.io/v1", "Gateway"),
        4 => ("v1", "ConfigMap"),
        5 => ("gateway.networking.k8s.io/v1", "GatewayClass"),
        6 => ("batch/v1", "CronJob"),
        7 => ("networking.k8s.io/v1", "Ingress"),
        8 => ("v1", "Namespace"),
        9 => ("apps/v1", "StatefulSet"),
        10 => ("networking.k8s.io/v1", "NetworkPolicy"),
        11 => ("policy/v1", "PodDisruptionBudget"),
        12 => ("rbac.authorization.k8s.io/v1", "ClusterRole"),
        _ => ("batch/v1", "Job"),
    };

    private string Object(int at)
    {
        (string version, string kind) = Kind(at < 5 && Chance(70) ? at : _random.Next(14));
        string ns = Chance(70) ? $", namespace: {Pick("shop", "shop", "other")}" : "";
        string labels = Pick("", ", labels: {app: a}", ", labels: {app: b, tier: \"2\"}", ", labels: ~", ", annotations: {a: \"1\", b: \"true\"}");
        const string Template = "template:\n    metadata: {labels: {app: a}}\n    spec:\n      serviceAccountName: sa\n      containers:\n      - {name: c, image: i, env: [{name: A, value: \"1\"}]}\n      volumes: [{name: v, configMap: {name: o4}}]\n";
        string body = kind switch
        {
            "Service" => Pick("spec:\n  ports: [{port: 80, name: http}, {port: 443, name: https}]\n  selector: {app: a}\n", "spec: {ports: [{port: 80}]}\n", "spec:\n  ports:\n  - {port: 80, name: http, targetPort: \"0x1F\"}\n  type: ExternalName\n"),
            "HTTPRoute" => Pick("spec:\n  hostnames: [x.example.com]\n  rules:\n  - name: one\n    backendRefs: [{name: o0, port: 80}]\n", "spec:\n  rules:\n  - backendRefs: [{name: o0, port: 80}, {name: o0, port: 81}]\n  - name: two\n", "spec: {rules: []}\n"),
            "Deployment" or "StatefulSet" => $"spec:\n  {Pick("replicas: 1", "minReadySeconds: 0")}\n" + Pick("  selector: {matchLabels: {app: a}}\n", "") + "  " + Template
                + (Chance(30) ? "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: a}}}]}}\n" : "")
                + (kind == "StatefulSet" ? "  serviceName: o0\n  volumeClaimTemplates: [{metadata: {name: d}, spec: {}}]\n" : ""),
            "Job" => "spec:\n  " + Template,
            "CronJob" => "spec:\n  schedule: \"* * * * *\"\n  jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}\n",
            "ConfigMap" => Pick("data: {k: v, n: \"1\"}\n", "data:\n  k: |\n    two\n    lines\n", ""),
            "Gateway" => "spec:\n  gatewayClassName: o5\n  listeners:\n  - {name: h, port: 80, protocol: HTTP}\n  - {name: s, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}\n",
            "GatewayClass" => "spec: {controllerName: example.com/c}\n",
            "Ingress" => "spec:\n  ingressClassName: nginx\n  defaultBackend: {service: {name: o0, port: {number: 80}}}\n  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: o0, port: {number: 80}}}}]}}]\n",
            "NetworkPolicy" => "spec:\n  podSelector: {matchLabels: {app: a}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]\n",
            "PodDisruptionBudget" => Pick("spec: {selector: {matchLabels: {app: a}}}\n", "spec: {minAvailable: 1}\n"),
            _ => "",
        };
        return $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: o{at}{ns}{labels}}}\n{body}";
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Pick(params ReadOnlySpan<string> texts) => texts[_random.Next(texts.Length)];

    private static string Lines(string head, IEnumerable<string> lines) => head + "\n" + string.Concat(lines.Select(static line => line + "\n"));

    private static string Indented(string text, int by) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => new string(' ', by) + line + "\n"));
}
