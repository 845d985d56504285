using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Verdict;

/// <summary>What a verdict derives from a schema node once: whether rules lie in it, its compiled rules, its defaults.</summary>
internal sealed class RuleFacts
{
    private readonly SchemaNode _schema;
    private ImmutableArray<CompiledRule> _compiled;
    private PlainValue? _default;

    private RuleFacts(SchemaNode schema)
    {
        _schema = schema;
        HasRules = !schema.Validations.IsEmpty
            || (schema.Items is { } items && Of(items).HasRules)
            || (schema.AdditionalProperties is { } values && Of(values).HasRules);
        foreach (SchemaProperty property in schema.Properties)
        {
            HasRules |= Of(property.Schema).HasRules;
        }
        Defaulted = [.. schema.Properties.Where(p => p.Schema.Default is { Kind: not JsonKind.Null })];
    }

    /// <summary>The value itself, or one below it, has rules.</summary>
    public bool HasRules { get; }

    /// <summary>Fields that the API server fills in when they are left out.</summary>
    public ImmutableArray<SchemaProperty> Defaulted { get; }

    /// <summary>The rules of the value itself; compiled when first asked for. Those that do not compile are left out.</summary>
    public ImmutableArray<CompiledRule> Compiled
    {
        get
        {
            // Two threads may both compile them; they compile the same.
            if (_compiled.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _compiled, CompiledRule.Compile(_schema));
            }
            return _compiled;
        }
    }

    /// <summary>The default, with the defaults below it; null when there is none.</summary>
    public PlainValue? Default => _schema.Default is { Kind: not JsonKind.Null } value ? _default ??= ObjectDecoder.OfDefault(value, _schema) : null;

    public static RuleFacts Of(SchemaNode schema)
    {
        if (schema.RuleFacts is RuleFacts known)
        {
            return known;
        }
        var made = new RuleFacts(schema);
        schema.RuleFacts = made;
        return made;
    }
}
