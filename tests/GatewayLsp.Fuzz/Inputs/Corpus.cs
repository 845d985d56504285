namespace GatewayLsp.Fuzz.Inputs;

/// <summary>The manifests that inputs are made from: our samples, and those of <c>../shared</c> when it is there.</summary>
internal sealed class Corpus
{
    /// <summary>UTF-16 units; larger files would only make rounds slow.</summary>
    private const int MaxLength = 40_000;

    private Corpus(IReadOnlyList<string> samples, IReadOnlyList<string> all)
    {
        Samples = samples;
        All = all;
    }

    /// <summary>Texts of <c>samples/</c>: small and ours, typed through from first to last character.</summary>
    public IReadOnlyList<string> Samples { get; }

    public IReadOnlyList<string> All { get; }

    public static Corpus Load(string root)
    {
        List<string> samples = Texts(Path.Combine(root, "samples"));
        var all = new List<string>(samples);
        for (string? at = root; at is not null; at = Path.GetDirectoryName(at))
        {
            string shared = Path.Combine(at, "shared");
            if (Directory.Exists(Path.Combine(shared, "bench")))
            {
                all.AddRange(Texts(shared));
                break;
            }
        }
        all.AddRange(Peculiar);
        return new Corpus(samples, all);
    }

    private static List<string> Texts(string folder)
    {
        var texts = new List<string>();
        if (!Directory.Exists(folder))
        {
            return texts;
        }
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            if (text.Length <= MaxLength)
            {
                texts.Add(text);
            }
        }
        return texts;
    }

    /// <summary>YAML that manifests seldom use and parsers often get wrong.</summary>
    private static readonly string[] Peculiar =
    [
        "%YAML 1.2\n---\na: &x {b: [1, 'two', \"th\\\"ree\"], ? c : d}\ne: *x\n...\n# end\n--- !t\n- - - a\n  - b\n-\n- ? k\n  : v\n",
        "apiVersion: v1\nkind: List\nitems:\n- &base\n  apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n  spec:\n    ports: [{port: 80}]\n- <<: *base\n  metadata:\n    name: b\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  literal: |+\n    one\n\n     two\n\n  folded: >-2\n      x\n      y\n  \"quoted key\": 'it''s'\n  multi: plain text\n    goes on\n",
        "{\"apiVersion\": \"gateway.networking.k8s.io/v1\", \"kind\": \"Gateway\",\r\n\t\"metadata\": {\"name\": \"g\"},\r\n\t\"spec\": {\"listeners\": [{\"name\": \"h\", \"port\": 80, \"protocol\": \"HTTP\"}]}}\r\n",
        "{{- if .Values.on }}\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: {{ .Release.Name }}-r\n  labels: {{- include \"l\" . | nindent 4 }}\nspec:\n  rules:\n  {{- range .Values.rules }}\n  - backendRefs:\n    - name: {{ . | quote }}\n      port: ${PORT}\n  {{- end }}\n{{- end }}\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\npatches:\n- path: p.yaml\n- patch: |-\n    - op: replace\n      path: /spec/rules/0\n      value: 1\n",
        "a:\r  b: 1\r  c: \u00e9\U0001F600\u2028x\rd: \"\\ud83d\\u00e9\\x41\"\r",
        "--- # c\n\n---\n\n--- |\n  text\n--- 'q\n  r'\n---\n[a, {b: c}, [d\n]]\n",
    ];
}
