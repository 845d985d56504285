using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>What is sent of a manifest, and what must be filled in before.</summary>
public sealed class ManifestJsonTests
{
    private static JsonObject? Of(string text) => ManifestJson.Of(ManifestObject.Of(ManifestFile.Parse("a.yaml", text).Documents[0].Document)[0]);

    [Theory]
    [InlineData("data: {a: \"{{ $labels.instance }} is down, says {{ $x }}\"}")]
    [InlineData("data:\n  a: |\n    {{ define \"x\" }}hello{{ end }}\n    echo ${HOME}\n")]
    [InlineData("metadata: {name: x, annotations: {a: \"set $h {{ host }}; proxy ${x}\"}}")]
    [InlineData("spec: {containers: [{args: ['sh', '-c', 'echo ${POD_IP}']}]}")]
    [InlineData("spec: {containers: [{env: [{name: a, value: $(B)}], args: ['--node=$(NODE)', --ip=$(IP)]}]}")]
    [InlineData("spec: {summary: 'The host {{ $labels.host }} is down.'}")]
    public void Texts_of_other_languages_are_sent(string rest)
    {
        JsonObject? sent = Of("apiVersion: v1\nkind: ConfigMap\n" + rest);
        Assert.NotNull(sent);
        Assert.Matches(@"\{\{|\$[{(]", sent.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    /// <summary>Sent as they are they would replace what the cluster has.</summary>
    [Theory]
    [InlineData("ConfigMap", "data: {a: {{ .Values.a }}}")]
    [InlineData("ConfigMap", "data: {a: \"The host {{ .Values.a }} is down.\"}")]
    [InlineData("ConfigMap", "data:\n  a: |\n    {{ include \"x\" . }}\n")]
    [InlineData("ConfigMap", "data: {a: ${A}}")]
    [InlineData("ConfigMap", "data: {a: \"${A}\"}")]
    [InlineData("ConfigMap", "data: {a: \"{{ a }} {{ b }}\"}")]
    [InlineData("ConfigMap", "data: {a: \"Bearer ${TOKEN}\"}")]
    [InlineData("ConfigMap", "data: {a: \"$SECURITY_GROUP\", b: \"@B@\"}")]
    [InlineData("ConfigMap", "metadata: {name: x, annotations: {a: \"{{ acm_arn }}\"}}")]
    [InlineData("Deployment", "spec: {containers: [{image: 'repo/{{ image_tag }}'}]}")]
    [InlineData("Deployment", "spec: {containers: [{env: [{name: a, value: '${DB_URL}'}]}]}")]
    [InlineData("HTTPRoute", "spec: {host: \"${HOST}.example.com\"}")]
    [InlineData("HTTPRoute", "spec: {host: '{{ host }}'}")]
    [InlineData("Secret", "stringData: {a: \"ENC[AES256_GCM,data:x]\"}")]
    [InlineData("Secret", "stringData:\n  a: |\n    user = shop\n    password = ${DB_PASSWORD}\n")]
    [InlineData("Secret", "metadata: {annotations: {a: 'a {{ b }} c'}}")]
    public void Placeholders_that_nobody_filled_in_are_not(string kind, string rest) =>
        Assert.Null(Of($"apiVersion: v1\nkind: {kind}\n{rest}"));
}
