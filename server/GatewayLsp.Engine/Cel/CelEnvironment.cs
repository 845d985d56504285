using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cel;

/// <summary>The variables that an expression may use, with their types. Immutable.</summary>
public sealed class CelEnvironment
{
    /// <summary><c>self</c> and <c>oldSelf</c> of any type.</summary>
    public static readonly CelEnvironment Untyped = new(null, CelType.Dyn, CelType.Dyn, optionalOldSelf: false);

    private CelEnvironment(DeclaredType? declared, CelType self, CelType oldSelf, bool optionalOldSelf)
    {
        Declared = declared;
        Self = self;
        OldSelf = oldSelf;
        OptionalOldSelf = optionalOldSelf;
    }

    internal DeclaredType? Declared { get; }

    internal CelType Self { get; }

    internal CelType OldSelf { get; }

    internal bool OptionalOldSelf { get; }

    /// <summary>For a rule at a place in a structural schema.</summary>
    /// <param name="schema">Of the value that the rule stands at.</param>
    /// <param name="optionalOldSelf"><c>oldSelf</c> is an optional, which has no value on creation.</param>
    /// <param name="isResourceRoot">The place is the whole object: of its metadata, only the two names can be seen.</param>
    public static CelEnvironment ForRule(SchemaNode schema, bool optionalOldSelf = false, bool isResourceRoot = false)
    {
        DeclaredType declared = DeclaredType.Of(schema, isResourceRoot);
        return new CelEnvironment(declared, declared.Type, optionalOldSelf ? CelType.Optional(declared.Type) : declared.Type, optionalOldSelf);
    }
}
