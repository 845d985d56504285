using System.Collections.Immutable;
using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Verdict;

/// <summary>A validation rule ready to run on values of one schema.</summary>
internal sealed class CompiledRule
{
    private readonly CelProgram _program;
    private readonly CelProgram? _message;

    private CompiledRule(ValidationRule rule, CelProgram program, CelProgram? message)
    {
        Rule = rule;
        _program = program;
        _message = message;
    }

    public ValidationRule Rule { get; }

    /// <summary>It speaks about a change, so it is asked only when there was something before.</summary>
    public bool UsesOldSelf => _program.UsesOldSelf;

    /// <summary>The rules of a schema that compile; no API server takes a definition with others.</summary>
    public static ImmutableArray<CompiledRule> Compile(SchemaNode schema)
    {
        var rules = ImmutableArray.CreateBuilder<CompiledRule>(schema.Validations.Length);
        bool isRoot = schema.Find("apiVersion") is not null && schema.Find("kind") is not null && schema.Find("metadata") is not null;
        foreach (ValidationRule rule in schema.Validations)
        {
            CelEnvironment environment = CelEnvironment.ForRule(schema, rule.OptionalOldSelf, isRoot);
            if (CelCompiler.Compile(rule.Expression, environment).Program is { } program)
            {
                rules.Add(new CompiledRule(rule, program, rule.MessageExpression is { } text ? CelCompiler.Compile(text, environment).Program : null));
            }
        }
        return rules.DrainToImmutable();
    }

    public CelOutcome Evaluate(PlainValue self, PlainValue? oldSelf, CelBudget budget) => _program.Evaluate(self, oldSelf, budget);

    /// <summary>What to say when the outcome was not true.</summary>
    public string Message(PlainValue self, PlainValue? oldSelf, CelOutcome outcome, CelBudget budget)
    {
        string text = MadeMessage(self, oldSelf, budget) ?? Rule.Message ?? $"The value breaks the rule `{Rule.Expression.Trim()}`.";
        return outcome.Kind == CelOutcomeKind.Error ? $"{text} (It could not be decided: {outcome.Message?.TrimEnd('.')}.)" : text;
    }

    /// <summary>Only a text of one line that is not blank counts.</summary>
    private string? MadeMessage(PlainValue self, PlainValue? oldSelf, CelBudget budget) =>
        _message?.Evaluate(self, oldSelf, budget).Text is { } text && !string.IsNullOrWhiteSpace(text) && !text.Contains('\n') ? text.Trim() : null;
}
