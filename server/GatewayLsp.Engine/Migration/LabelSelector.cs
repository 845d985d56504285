using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration;

/// <summary>A label selector of Kubernetes: <c>matchLabels</c> and <c>matchExpressions</c>, or the plain labels that early drafts took.</summary>
internal static class LabelSelector
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    /// <param name="ns">For labels of a namespace: its name, which every one has as a label.</param>
    public static bool Matches(YamlMapping selector, YamlNode? labels, string? ns = null)
    {
        string? Value(string key) => labels.At(key).Text() ?? (key == NameLabel ? ns : null);
        YamlMapping? plain = selector.Find("matchLabels") is null && selector.Find("matchExpressions") is null ? selector : selector.Get("matchLabels").Resolved() as YamlMapping;
        foreach (YamlEntry label in plain?.Entries ?? [])
        {
            if (label.Value.Text() is not { } value || Value(label.Name) != value)
            {
                return false;
            }
        }
        foreach (YamlNode expression in selector.Get("matchExpressions").Resolved() is YamlSequence list ? list.Items : [])
        {
            string? has = expression.At("key").Text() is { } key ? Value(key) : null;
            bool isIn = has is not null && expression.At("values") is YamlSequence values && values.Items.Any(value => value.Text() == has);
            bool fits = expression.At("operator").Text() switch
            {
                "In" => isIn,
                "NotIn" => !isIn,
                "Exists" => has is not null,
                "DoesNotExist" => has is null,
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }
        return true;
    }
}
