using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class MissingSecretKeyRule : CoreRule
{
    public override string Code => "missing-secret-key";

    public override string Title => "Secret without the keys of its type";

    public override RuleDoc Doc => new(
        "A Secret of a built-in type lacks a key that the type needs, such as `tls.crt` and `tls.key` for `kubernetes.io/tls`.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: edge-tls
        type: kubernetes.io/tls
        data:
          tls.crt: ""
        """,
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: edge-tls
        type: kubernetes.io/tls
        data:
          tls.crt: ""
          tls.key: ""
        """,
        "There is no fix: the values are known to you only.");

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "", "Secret") || context.Object.At("type") is not { } type || type.Text() is not { } text)
        {
            return;
        }
        YamlMapping? data = context.Object.At("data") as YamlMapping;
        YamlMapping? plain = context.Object.At("stringData") as YamlMapping;
        if (ObjectContext.HasMerge(data) || ObjectContext.HasMerge(plain))
        {
            return;
        }
        string[] needed = text switch
        {
            "kubernetes.io/tls" => ["tls.crt", "tls.key"],
            "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
            "kubernetes.io/dockercfg" => [".dockercfg"],
            "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
            _ => [],
        };
        foreach (string key in needed)
        {
            if (!Has(key))
            {
                Report(context, type, $"data[{key}]", $"A Secret of type {Words.Shown(text)} needs the key `{key}`.", CauseReason.Required);
            }
        }
        if (text == "kubernetes.io/basic-auth" && !Has("username") && !Has("password"))
        {
            Report(context, type, "data[username]", "A Secret of type `kubernetes.io/basic-auth` needs the key `username` or `password`.", CauseReason.Required);
        }

        bool Has(string key) => data?.Find(key) is not null || plain?.Find(key) is not null;
    }
}
