using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>A selector of Kubernetes labels: everything in it must hold; an empty one selects all.</summary>
public sealed class LabelSelector : ModelElement
{
    internal LabelSelector(FieldReader fields) : base(fields)
    {
        MatchLabels = fields.Map("matchLabels");
        MatchExpressions = fields.List("matchExpressions", one => new LabelRequirement(one));
    }

    public ImmutableDictionary<string, string> MatchLabels { get; }

    public ImmutableArray<LabelRequirement> MatchExpressions { get; }

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach ((string key, string value) in MatchLabels)
        {
            if (!labels.TryGetValue(key, out string? found) || found != value)
            {
                return false;
            }
        }
        foreach (LabelRequirement requirement in MatchExpressions)
        {
            if (!requirement.Holds(labels))
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>One of a selector's <c>matchExpressions</c>.</summary>
public sealed class LabelRequirement : ModelElement
{
    internal LabelRequirement(FieldReader fields) : base(fields)
    {
        LabelKey = fields.Text("key", "");
        Operator = fields.Text("operator", "");
        Values = fields.Texts("values");
    }

    public string LabelKey { get; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>; the API server takes no other.</summary>
    public string Operator { get; }

    public ImmutableArray<string> Values { get; }

    public bool Holds(IReadOnlyDictionary<string, string> labels)
    {
        bool has = labels.TryGetValue(LabelKey, out string? value);
        return Operator switch
        {
            "In" => has && Values.Contains(value!),
            "NotIn" => !has || !Values.Contains(value!),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
