using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>A validation rule that an object breaks.</summary>
/// <param name="Field">Path that the API server names.</param>
/// <param name="Message">What the rule says about it; of our own rules, our words.</param>
/// <param name="Node">The value that the rule is about, or the nearest one around it that is written out.</param>
/// <param name="Value">The value as the API server holds it, defaults included.</param>
/// <param name="Schema">Schema of the value.</param>
/// <param name="Parents">Values around it, the object first.</param>
internal sealed record BrokenRule(
    ValidationRule Rule, string Field, string Message, YamlNode Node, PlainValue Value, SchemaNode Schema, IReadOnlyList<PlainValue> Parents)
{
    public string Reason => Rule.Reason ?? CauseReason.Invalid;

    /// <summary>The rule could not be evaluated on this value, which the API server takes as broken.</summary>
    public bool IsError { get; init; }
}
