using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>What users see of the findings about fields: code, underlined text, field, words, fixes.</summary>
public sealed class SchemaRuleTests
{
    private const string Head = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store

        """;

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example

        """;

    [Theory]
    [InlineData("spec:\n  hostname: [a.b]\n", "unknown-field 'hostname' spec.hostname")]
    [InlineData("spce: {}\n", "unknown-field 'spce' spce")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path: {typ: Exact, value: /}\n", "unknown-field 'typ' spec.rules[0].matches[0].path.typ")]
    [InlineData("spec:\n  rules:\n  - retry: {attempts: 3}\n", "experimental-field 'retry' spec.rules[0].retry")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: \"80\"\n", "invalid-type '\"80\"' spec.rules[0].backendRefs[0].port")]
    [InlineData("spec:\n  hostnames: store.example.com\n", "invalid-type 'store.example.com' spec.hostnames")]
    [InlineData("spec:\n  hostnames: [on]\n", "invalid-type 'on' spec.hostnames[0]")]
    [InlineData("spec:\n  rules:\n    matches: []\n", "invalid-type 'rules' spec.rules")]
    [InlineData("spec:\n  rules:\n  -\n", "invalid-type '-' spec.rules[0]")]
    [InlineData("spec:\n  parentRefs:\n  - namespace: infra\n", "missing-required 'namespace' spec.parentRefs[0].name")]
    [InlineData("spec:\n  parentRefs:\n  - name:\n", "missing-required 'name' spec.parentRefs[0].name")]
    [InlineData("spec:\n  parentRefs: [{}]\n", "missing-required '{}' spec.parentRefs[0].name")]
    [InlineData("spec:\n", "missing-required 'spec' spec")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - method: get\n", "unsupported-value 'get' spec.rules[0].matches[0].method")]
    [InlineData("spec:\n  rules:\n  - filters:\n    - type: ExternalAuth\n", "unsupported-value 'ExternalAuth' spec.rules[0].filters[0].type")]
    [InlineData("spec:\n  hostnames: [Store.example.com]\n", "invalid-value 'Store.example.com' spec.hostnames[0]")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - kind: ''\n      name: store\n", "too-short '''' spec.rules[0].backendRefs[0].kind")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 0x1ffff\n", "out-of-range '0x1ffff' spec.rules[0].backendRefs[0].port")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 99999999999999999999999999999999999\n", "out-of-range '99999999999999999999999999999999999' spec.rules[0].backendRefs[0].port")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 80.5\n", "invalid-type '80.5' spec.rules[0].backendRefs[0].port")]
    [InlineData("spec:\n  rules: []\n", "too-few-items '[]' spec.rules")]
    [InlineData("spec:\n  hostnames: [a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a, a.a]\n", "too-many-items 'hostnames' spec.hostnames")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - headers:\n      - {name: a, value: one}\n      - {name: b, value: one}\n      - {name: a, value: two}\n", "duplicate-item 'a' spec.rules[0].matches[0].headers[2]")]
    public void OneFaultIsOneFindingAtItsToken(string spec, string expected) => DiagnosticCheck.Check(Head + spec, expected);

    [Fact]
    public void LongTextIsCountedInCodePoints()
    {
        string name = new('a', 254);
        DiagnosticCheck.Check(Gateway + $"  listeners: [{{name: {name}, port: 80, protocol: HTTP}}]\n", $"too-long '{name}' spec.listeners[0].name");
        string label = string.Concat(Enumerable.Repeat("😀", 1024));
        Assert.DoesNotContain(DiagnosticCheck.Find(Head + $"spec:\n  rules:\n  - matches:\n    - path: {{value: /{label[..^2]}}}\n"), f => f.Diagnostic.Code == "too-long");
    }

    [Fact]
    public void AddressOfTheDefaultTypeMustBeOne() => DiagnosticCheck.Check(
        Gateway + "  addresses:\n  - value: edge.example.com\n  listeners: [{name: http, port: 80, protocol: HTTP}]\n",
        "invalid-format 'edge.example.com' spec.addresses[0].value");

    [Theory]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 80.0\n")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 0x50\n      weight: null\n")]
    [InlineData("spec:\n  rules:\n  - matches: null\n    name: ~\n")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path: {}\n")]
    [InlineData("spec: {}\nstatus:\n  parents: null\n")]
    [InlineData("spec:\n  parentRefs:\n  - &edge {name: edge, sectionName: web}\n  - {<<: *edge, sectionName: http}\n")]
    [InlineData("spec:\n  hostnames: [\"{{ .Values.host }}\"]\n")]
    [InlineData("spec:\n  hostnames: [\"${HOST}\"]\n")]
    [InlineData("spec:\n  hostnames: [$HOST]\n  rules:\n  - backendRefs:\n    - {name: store, port: $PORT_1}\n")]
    public void WhatTheServerTakesIsFine(string spec) => DiagnosticCheck.Check(Head + spec);

    [Fact]
    public void ExperimentalChannelHasItsFieldsAndValues()
    {
        DiagnosticCheck.Check(Head + "spec:\n  rules:\n  - retry: {attempts: 3}\n", DiagnosticCheck.Context(Channel.Experimental));
        Diagnostic finding = DiagnosticCheck.Single(Head + "spec:\n  rules:\n  - filters:\n    - type: ExternalAuth\n");
        Assert.Contains("experimental channel only", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsSaidBelowAValueOfTheWrongType() => DiagnosticCheck.Check(
        Head + "spec:\n  rules:\n    backendRefs:\n    - nme: store\n      port: \"80\"\n", "invalid-type 'rules' spec.rules");

    [Fact]
    public void MisspeltRequiredFieldIsNotMissingToo() => DiagnosticCheck.Check(
        Head + "spec:\n  parentRefs:\n  - nam: edge\n", "unknown-field 'nam' spec.parentRefs[0].nam");

    [Fact]
    public void AliasIsBlamedWhereItStands() => DiagnosticCheck.Check(
        Head + "spec:\n  hostnames: [&host \"80\"]\n  rules:\n  - backendRefs:\n    - {name: store, port: *host}\n",
        "invalid-type '*host' spec.rules[0].backendRefs[0].port");

    [Fact]
    public void AnchoredFaultIsToldOnce() => DiagnosticCheck.Check(
        Head + "spec:\n  rules:\n  - backendRefs: &b\n    - nam: store\n  - backendRefs: *b\n    matches:\n    - path:\n        value: /a\n", "unknown-field 'nam' spec.rules[0].backendRefs[0].nam");

    [Fact]
    public void PatchesAndTemplatesMissNothing()
    {
        DiagnosticCheck.Check(Gateway.Replace("  gatewayClassName: example\n", "  listeners:\n  - name: http\n", StringComparison.Ordinal), DiagnosticCheck.Context(isPartial: true));
        DiagnosticCheck.Check(Gateway + "{{- if .Values.tls }}\n  listeners:\n  - name: http\n{{- end }}\n");
    }

    [Fact]
    public void KeyBeingTypedIsNoUnknownField() => DiagnosticCheck.Check(Head + "spec:\n  hos\n  rules: []\n",
        "unfinished-key 'hos'", "too-few-items '[]' spec.rules");

    [Fact]
    public void CombinationNamesItsChoices()
    {
        string example = RuleCatalog.Find("invalid-combination")!.Doc.Bad;
        Assert.Equal("`spec` must have exactly one of `host` or `address`.", DiagnosticCheck.Single(example).Message);
        DiagnosticCheck.Check(example.Replace("  host: gadget.example.com\n  address: 10.0.0.1", "  {}", StringComparison.Ordinal), "invalid-combination '{}' spec");
    }

    [Theory]
    [InlineData("spec:\n  hostname: [a.b]\n", "There is no field `hostname` in `spec`; did you mean `hostnames`?")]
    [InlineData("spec:\n  parentRefs:\n  - name: edge\n    xyz: 1\n", "There is no field `xyz` in `spec.parentRefs[0]`; it may also have `namespace`, `sectionName`, `port`, `kind` and `group`.")]
    [InlineData("xyz: 1\nspec: {}\n", "There is no field `xyz` in HTTPRoute; it may also have `status`.")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: \"80\"\n", "`port` must be an integer, not the string `80`.")]
    [InlineData("spec:\n  hostnames: [1.10]\n", "Item 1 of `hostnames` must be a string, not the number `1.10`.")]
    [InlineData("spec:\n  parentRefs:\n  - namespace: infra\n", "`name` is required in `spec.parentRefs[0]` and missing.")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path: {type: Whole}\n", "`Whole` is not a value of `type`; use `Exact`, `PathPrefix` or `RegularExpression`.")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 0\n", "`port` is `0`; it must be from 1 to 65535.")]
    [InlineData("spec:\n  hostnames: [Store.example.com]\n", "Item 1 of `hostnames` can't be `Store.example.com`; it must be a hostname in lower case, at most with `*.` in front, without a port.")]
    [InlineData("spec:\n  rules: []\n", "`rules` needs at least 1 item.")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - headers: [{name: a, value: one}, {name: a, value: two}]\n", "An item with `name: a` is already in the list; `name` must differ in `spec.rules[0].matches[0].headers`.")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - {name: store, weight: 1000001}\n", "`weight` is `1000001`; it must be from 0 to 1000000.")]
    public void MessagesSayWhatIsWrongAndWhatIsAllowed(string spec, string message) => Assert.Equal(message, DiagnosticCheck.Single(Head + spec).Message);

    [Theory]
    [InlineData("spec:\n  hostname:\n  - a.b\n", "Rename to `hostnames`", "spec:\n  hostnames:\n  - a.b\n")]
    [InlineData("spec:\n  xyz:\n    deep: 1\n  hostnames:\n  - a.b\n", "Remove `xyz`", "spec:\n  hostnames:\n  - a.b\n")]
    [InlineData("spec:\n  hostnames:\n  - a.b\n  xyz: 1 # gone\n", "Remove `xyz`", "spec:\n  hostnames:\n  - a.b\n")]
    [InlineData("spec:\n  parentRefs:\n  - xyz: 1\n    name: edge\n", "Remove `xyz`", "spec:\n  parentRefs:\n  - name: edge\n")]
    [InlineData("spec:\n  parentRefs: [{name: edge, xyz: 1}]\n", "Remove `xyz`", "spec:\n  parentRefs: [{name: edge}]\n")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: \"80\" # web\n", "Change to `80`", "spec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 80 # web\n")]
    [InlineData("spec:\n  hostnames: [on]\n", "Change to `\"on\"`", "spec:\n  hostnames: [\"on\"]\n")]
    [InlineData("spec:\n  hostnames: a.b\n", "Make it a list of one", "spec:\n  hostnames: [a.b]\n")]
    [InlineData("spec:\n  parentRefs:\n    name: edge\n    # which one\n    sectionName: http\n", "Make it a list of one", "spec:\n  parentRefs:\n    - name: edge\n      # which one\n      sectionName: http\n")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path:\n      - value: /\n", "Take the object out of the list", "spec:\n  rules:\n  - matches:\n    - path:\n        value: /\n")]
    [InlineData("spec:\n  parentRefs:\n  - namespace: infra\n", "Add `name: example`", "spec:\n  parentRefs:\n  - name: example\n    namespace: infra\n")]
    [InlineData("spec:\n  parentRefs:\n  - name: # which?\n", "Add `name: example`", "spec:\n  parentRefs:\n  - name: example # which?\n")]
    [InlineData("spec:\n  parentRefs: [{namespace: infra}]\n", "Add `name: example`", "spec:\n  parentRefs: [{name: example, namespace: infra}]\n")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path: {type: exact}\n", "Change to `Exact`", "spec:\n  rules:\n  - matches:\n    - path: {type: Exact}\n")]
    [InlineData("spec:\n  rules:\n  - matches:\n    - path: {type: Prefix}\n", "Change to `PathPrefix`", "spec:\n  rules:\n  - matches:\n    - path: {type: PathPrefix}\n")]
    [InlineData("spec:\n  hostnames: ['Web_Store.example.com']\n", "Change to `web-store.example.com`", "spec:\n  hostnames: ['web-store.example.com']\n")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - {name: store, port: 80, weight: 2000000}\n", "Change to `1000000`", "spec:\n  rules:\n  - backendRefs:\n    - {name: store, port: 80, weight: 1000000}\n")]
    [InlineData("spec:\n  rules:\n  - filters:\n    - type: CORS\n      cors:\n        allowHeaders:\n        - x-one\n        - x-two\n        - x-one\n", "Remove the second one", "spec:\n  rules:\n  - filters:\n    - type: CORS\n      cors:\n        allowHeaders:\n        - x-one\n        - x-two\n")]
    [InlineData("spec:\n  rules:\n  - filters:\n    - requestRedirect: {scheme: https}\n", "Add `type: RequestRedirect`", "spec:\n  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {scheme: https}\n")]
    [InlineData("spec:\n  rules:\n  - filters:\n    - cors: {}\n", "Add `type: CORS`", "spec:\n  rules:\n  - filters:\n    - type: CORS\n      cors: {}\n")]
    public void FixesMendTheText(string spec, string title, string after) => DiagnosticCheck.CheckFix(Head + spec, title, Head + after);

    [Theory]
    [InlineData("$port")]
    [InlineData("$")]
    [InlineData("$PORT-1")]
    [InlineData("8$PORT")]
    public void OtherTextsWithADollarSignAreNoPlaceholders(string port) =>
        Assert.Equal("invalid-type", DiagnosticCheck.Single(Head + $"spec:\n  rules:\n  - backendRefs:\n    - {{name: store, port: {port}}}\n").Code);

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(403)]
    public void NumbersAreNotGuessed(int code)
    {
        Diagnostic finding = DiagnosticCheck.Single(Head + $"spec:\n  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {{statusCode: {code}}}\n");
        Assert.NotEmpty(finding.Fixes);
        Assert.All(finding.Fixes, fix => Assert.False(fix.IsPreferred));
    }

    [Fact]
    public void MissingPortIsPutBehindItsNeighbours() => DiagnosticCheck.CheckFix(
        Gateway + "  listeners:\n  - name: http\n    protocol: HTTP\n    hostname: a.b\n", "Add `port: 80`",
        Gateway + "  listeners:\n  - name: http\n    protocol: HTTP\n    port: 80\n    hostname: a.b\n");

    [Fact]
    public void MissingObjectComesWithItsRequiredFields()
    {
        string windows = Gateway.ReplaceLineEndings("\r\n");
        DiagnosticCheck.CheckFix(windows, "Add `listeners`", windows + "  listeners:\r\n  - name: example\r\n    protocol: HTTP\r\n    port: 80\r\n");
    }

    [Theory]
    [InlineData("spec:\n  parentRefs:\n    name: edge\n", true)]
    [InlineData("spec:\n  parentRefs:\n    xyz: edge\n    name: edge\n", false)]
    [InlineData("spec:\n  parentRefs:\n    namespace: infra\n", false)]
    [InlineData("spec:\n  hostnames: a.b\n", true)]
    public void ListOfOneIsSafeOnlyForAWholeItem(string spec, bool isPreferred) =>
        Assert.Equal(isPreferred, Assert.Single(DiagnosticCheck.Single(Head + spec).Fixes).IsPreferred);

    [Theory]
    [InlineData("spec:\n  rules:\n  - forwardTo: []\n", "`backendRefs` took the place of `forwardTo`")]
    [InlineData("spec:\n  rules:\n  - backendRefs:\n    - {name: store, servicePort: 80}\n", "took the place of `servicePort`")]
    [InlineData("spec:\n  gateways: []\n", "`parentRefs` took the place of `gateways`")]
    public void OldFieldsNameTheirSuccessors(string spec, string sentence)
    {
        Diagnostic finding = DiagnosticCheck.Single(Head + spec);
        Assert.Equal(("old-field", DiagnosticSource.Migration), (finding.Code, finding.Source));
        Assert.Contains(sentence, finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("Migrate `", Assert.Single(finding.Fixes).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void SuccessorsAreThoseOfGatewayApiAlone() => Assert.DoesNotContain("took the place",
        DiagnosticCheck.Single("apiVersion: v1\nkind: Service\nmetadata: {name: store}\nspec: {ports: [{port: 80}], forwardTo: 1}\n").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("minimum: 0", "-1", "at least 0")]
    [InlineData("minimum: 0\n                exclusiveMinimum: true", "0", "more than 0")]
    [InlineData("maximum: 9", "10", "at most 9")]
    [InlineData("maximum: 9", "99999999999999999999999999999999999", "at most 9")]
    [InlineData("minimum: 0\n                multipleOf: 5", "7", "a multiple of 5")]
    [InlineData("minimum: 0\n                multipleOf: 5", "-5", "at least 0")]
    [InlineData("minimum: 0", "3000000000", "an integer of 32 bits")]
    public void OnlyWrittenLimitsAreNamed(string limits, string value, string expected) => Assert.EndsWith($"it must be {expected}.", DiagnosticCheck.Single($$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gadgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Gadget, plural: gadgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size:
                        type: integer
                        format: int32
                        {{limits}}
        ---
        apiVersion: example.com/v1
        kind: Gadget
        metadata: {name: gadget}
        spec: {size: {{value}}}

        """).Message, StringComparison.Ordinal);

    /// <summary>Nobody sees what is wrong with them unless it is named.</summary>
    [Theory]
    [InlineData("metadata:\n  name: a\nspec:\n  hostnames: [\u201ca.x.io\u201d]\n", "a curly quote (U+201C)", "a.x.io")]
    [InlineData("metadata:\n  name: a\nspec:\n  hostnames: [\"a.x.io\u200b\"]\n", "an invisible character (U+200B)", "a.x.io")]
    [InlineData("metadata:\n  name: web\u2011store\nspec: {}\n", "a dash that is no `-` (U+2011)", "web-store")]
    [InlineData("metadata:\n  name: \"web\u00a0\"\nspec: {}\n", "a no-break space (U+00A0)", "web")]
    public void CharactersThatLookLikeOthersAreNamed(string rest, string name, string meant)
    {
        Diagnostic finding = DiagnosticCheck.Single("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n" + rest);
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
        Assert.Equal($"Change to `{meant}`", Assert.Single(finding.Fixes).Title);
    }
}
