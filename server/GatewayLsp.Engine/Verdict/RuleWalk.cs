using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// Evaluates the validation rules of an object: of each value first its own, then those below. In an update, rules about
/// changes see the value that was there before, and what has not changed is not held against anybody.
/// </summary>
internal sealed class RuleWalk
{
    /// <summary>Nobody reads more.</summary>
    private const int MaxFound = 200;

    /// <summary>Values looked at; aliases of aliases make more of them than there are in the text.</summary>
    private const int MaxValues = 500_000;

    private readonly bool _isUpdate;
    private readonly Func<PlainValue, bool>? _skip;
    private readonly CelBudget _budget = new();
    private readonly List<BrokenRule> _found = [];
    private readonly List<PlainValue> _parents = [];
    private readonly List<(string? Key, int Index, bool IsMapKey)> _path = [];
    private int _values;

    private RuleWalk(bool isUpdate, Func<PlainValue, bool>? skip)
    {
        _isUpdate = isUpdate;
        _skip = skip;
    }

    /// <param name="old">What is stored; null when the object is created.</param>
    /// <param name="skip">True for values whose own rules are not to be evaluated, because what they say is not to be trusted.</param>
    public static IReadOnlyList<BrokenRule> Run(PlainMap root, SchemaNode schema, PlainMap? old = null, Func<PlainValue, bool>? skip = null)
    {
        if (!RuleFacts.Of(schema).HasRules)
        {
            return [];
        }
        var walk = new RuleWalk(old is not null, skip);
        walk.Value(root, schema, new Before(old, old is not null, root, old));
        return walk._found;
    }

    private void Value(PlainValue value, SchemaNode schema, Before before)
    {
        RuleFacts facts = RuleFacts.Of(schema);
        if (!facts.HasRules || value is PlainNull or PlainUnknown || ++_values > MaxValues || _found.Count >= MaxFound || _budget.IsExhausted)
        {
            return;
        }
        if (!schema.Validations.IsEmpty && _skip?.Invoke(value) != true)
        {
            foreach (CompiledRule rule in facts.Compiled)
            {
                Evaluate(rule, value, schema, before);
            }
        }
        _parents.Add(value);
        switch (value)
        {
            case PlainMap map:
                Members(map, schema, before);
                break;
            case PlainList list when schema.Items is { } items && RuleFacts.Of(items).HasRules:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    PlainValue item = list.Items[i];
                    PlainValue? old = schema.ListType == SchemaListType.Map && before.Value is PlainList oldList
                        ? PlainEquality.WithSameKeys(oldList, item, schema.ListMapKeys) : null;
                    _path.Add((null, i, false));
                    Value(item, items, before.Below(old, list));
                    _path.RemoveAt(_path.Count - 1);
                }
                break;
        }
        _parents.RemoveAt(_parents.Count - 1);
    }

    private void Members(PlainMap map, SchemaNode schema, Before before)
    {
        foreach ((string name, PlainValue member) in map.Members)
        {
            SchemaProperty? property = schema.Find(name);
            if ((property?.Schema ?? schema.AdditionalProperties) is { } child && RuleFacts.Of(child).HasRules)
            {
                _path.Add((name, -1, property is null));
                Value(member, child, before.Below((before.Value as PlainMap)?.Find(name), map));
                _path.RemoveAt(_path.Count - 1);
            }
        }
    }

    private void Evaluate(CompiledRule rule, PlainValue value, SchemaNode schema, Before before)
    {
        if (rule.UsesOldSelf && before.Value is null && !rule.Rule.OptionalOldSelf)
        {
            return;
        }
        CelOutcome outcome = rule.Evaluate(value, before.Value, _budget);
        if (outcome.Kind == CelOutcomeKind.Unknown || outcome.IsTrue || (_isUpdate && !rule.UsesOldSelf && before.IsUnchanged(value)))
        {
            return;
        }
        string field = Path() + (rule.Rule.FieldPath ?? "");
        _found.Add(new BrokenRule(rule.Rule, field.TrimStart('.'), rule.Message(value, before.Value, outcome, _budget), Node(value, rule.Rule), value, schema, [.. _parents])
        {
            IsError = outcome.Kind == CelOutcomeKind.Error,
        });
    }

    /// <summary>A default is written nowhere: what it was put into is.</summary>
    private YamlNode Node(PlainValue value, ValidationRule rule)
    {
        YamlNode? node = value.Origin;
        for (int i = _parents.Count - 1; node is null && i >= 0; i--)
        {
            node = _parents[i].Origin;
        }
        return rule.FieldPath is { } below && value.Origin is not null && node.At(below.Split('.', StringSplitOptions.RemoveEmptyEntries)) is { } target ? target : node!;
    }

    private string Path()
    {
        string path = "";
        foreach ((string? key, int index, bool isMapKey) in _path)
        {
            path = key is null ? FieldPath.Item(path, index) : isMapKey ? $"{path}[{key}]" : FieldPath.Child(path, key);
        }
        return path;
    }

    /// <summary>What was there before an update.</summary>
    /// <param name="Value">The value in the same place; null when there was none, or items can't be told apart.</param>
    /// <param name="IsKnown">Whether the place has a counterpart at all.</param>
    /// <param name="Around">The nearest value around it, or it itself, that has a counterpart.</param>
    private readonly record struct Before(PlainValue? Value, bool IsKnown, PlainValue Around, PlainValue? OldAround)
    {
        public Before Below(PlainValue? old, PlainValue parent) =>
            new(old, old is not null, Value is not null ? parent : Around, Value ?? OldAround);

        public bool IsUnchanged(PlainValue now) => IsKnown ? PlainEquality.Same(now, Value) : PlainEquality.Same(Around, OldAround);
    }
}
