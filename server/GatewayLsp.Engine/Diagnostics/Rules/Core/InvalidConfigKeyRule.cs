using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class InvalidConfigKeyRule : CoreRule
{
    public override string Code => "invalid-config-key";

    public override string Title => "Key that is not allowed";

    public override RuleDoc Doc => new(
        "A key of a ConfigMap or Secret has other characters than letters, digits, `-`, `_` and `.`, is too long, or stands both in `data` and `binaryData`.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: store
        data:
          conf/app.yaml: a=b
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: store
        data:
          app.yaml: a=b
        """,
        "There is no fix: programs read the values by their keys.");

    private static readonly string[] Maps = ["data", "binaryData", "stringData"];

    protected override void CheckWhole(ObjectContext context)
    {
        bool isConfig = Is(context, "", "ConfigMap");
        if (!isConfig && !Is(context, "", "Secret"))
        {
            return;
        }
        foreach (string map in Maps)
        {
            if (context.Object.At(map) is not YamlMapping entries)
            {
                continue;
            }
            foreach (YamlEntry entry in entries.Entries)
            {
                if (entry.Key is not YamlScalar { IsOpaque: false } key || entry.IsMerge || entry.IsUnfinished)
                {
                    continue;
                }
                // The API server has put stringData into data before it looks.
                string field = $"{(map == "stringData" ? "data" : map)}[{key.Value}]";
                if (Wanted(key.Value) is { } wanted)
                {
                    Report(context, key, field, $"{Words.Shown(key.Value)} can't be a key; it must be {wanted}.");
                }
                else if (isConfig && map == "binaryData" && (context.Object.At("data") as YamlMapping)?.Find(key.Value) is not null)
                {
                    Report(context, key, field, $"The key {Words.Shown(key.Value)} is already in `data`.");
                }
            }
        }
    }

    private static string? Wanted(string key) =>
        key.Length > NameSyntax.MaxSubdomain ? $"at most {NameSyntax.MaxSubdomain} characters long"
        : key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) ? "letters, digits, `-`, `_` and `.`"
        : key == "." || key.StartsWith("..", StringComparison.Ordinal) ? "no `.`, and not begin with `..`" : null;
}
