using System.Text.Json.Nodes;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>
/// Takes the values out of Secrets before anything is shown or kept: which keys there are and which of them change may be
/// seen, no value, and no length of one.
/// </summary>
public static class SecretMask
{
    public const string Hidden = "(hidden)";
    public const string HiddenBefore = "(hidden, before)";
    public const string HiddenAfter = "(hidden, after)";

    private static readonly string[] Parts = ["data", "stringData"];

    public static bool Concerns(JsonObject? tree) => tree is not null && tree["kind"].Text() == "Secret" && tree["apiVersion"].Text() == "v1";

    /// <summary>Masks the two states of a Secret in place; other kinds stay as they are.</summary>
    public static void Apply(JsonObject? before, JsonObject? after)
    {
        if (!Concerns(before ?? after))
        {
            return;
        }
        FoldText(before);
        FoldText(after);
        foreach (string part in Parts)
        {
            var old = before?[part] as JsonObject;
            var now = after?[part] as JsonObject;
            foreach (string key in (old ?? []).Concat(now ?? []).Select(one => one.Key).Distinct(StringComparer.Ordinal).ToList())
            {
                bool isOld = old?.ContainsKey(key) == true;
                bool isNow = now?.ContainsKey(key) == true;
                bool isSame = isOld && isNow && JsonTrees.Same(old![key], now![key]);
                if (isOld)
                {
                    old![key] = isSame || !isNow ? Hidden : HiddenBefore;
                }
                if (isNow)
                {
                    now![key] = isSame || !isOld ? Hidden : HiddenAfter;
                }
            }
            // Something else than a map there is no valid Secret, and may be one all the same.
            MaskOther(before, part);
            MaskOther(after, part);
        }
    }

    /// <summary>A copy that holds no value.</summary>
    public static JsonObject Without(JsonObject tree)
    {
        var copy = (JsonObject)tree.DeepClone();
        if (Concerns(copy))
        {
            Apply(copy, null);
            if (copy["metadata"]?["annotations"] is JsonObject annotations)
            {
                annotations.Remove(CleanedObject.LastApplied);
            }
        }
        return copy;
    }

    /// <summary>The server keeps <c>stringData</c> as <c>data</c>: told apart they would look like a change.</summary>
    private static void FoldText(JsonObject? tree)
    {
        if (tree?["stringData"] is not JsonObject texts)
        {
            return;
        }
        if (tree["data"] is not JsonObject data)
        {
            if (tree["data"] is not null)
            {
                return;
            }
            tree["data"] = data = [];
        }
        foreach ((string key, JsonNode? value) in texts)
        {
            data[key] = value.Text() is { } text ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)) : Hidden;
        }
        tree.Remove("stringData");
    }

    private static void MaskOther(JsonObject? tree, string part)
    {
        if (tree?[part] is not (null or JsonObject))
        {
            tree[part] = Hidden;
        }
    }
}
