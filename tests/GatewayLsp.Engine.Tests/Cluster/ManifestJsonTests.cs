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
    [InlineData("data: {a: \"{{ $labels.instance }} is down\"}")]
    [InlineData("data:\n  a: |\n    {{ define \"x\" }}hello{{ end }}\n    echo ${HOME}\n")]
    [InlineData("metadata: {name: x, annotations: {a: \"{{ host }} ${x}\"}}")]
    [InlineData("spec: {containers: [{args: ['${POD_IP}']}]}")]
    [InlineData("spec: {host: '{{ host }}'}")]
    public void Texts_of_other_languages_are_sent(string rest)
    {
        JsonObject? sent = Of("apiVersion: v1\nkind: ConfigMap\n" + rest);
        Assert.NotNull(sent);
        Assert.Matches(@"\{\{|\$\{", sent.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("data: {a: {{ .Values.a }}}")]
    [InlineData("data: {a: \"{{ .Values.a }}\"}")]
    [InlineData("data:\n  a: |\n    {{ include \"x\" . }}\n")]
    [InlineData("data: {a: ${A}}")]
    [InlineData("spec: {host: \"${HOST}.example.com\"}")]
    public void Templates_are_not(string rest) => Assert.Null(Of("apiVersion: v1\nkind: ConfigMap\n" + rest));
}
