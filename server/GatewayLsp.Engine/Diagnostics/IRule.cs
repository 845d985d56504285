namespace GatewayLsp.Engine.Diagnostics;

/// <summary>A diagnostic code: one file a code, with what it says, when it is reported and how it is repaired.</summary>
public interface IRule
{
    /// <summary>Kebab case, never reused; names the documentation page <c>docs/rules/&lt;code&gt;.md</c>.</summary>
    string Code { get; }

    /// <summary>A few words, capitalized, without a full stop.</summary>
    string Title { get; }

    DiagnosticSeverity Severity { get; }

    DiagnosticSource Source { get; }

    RuleDoc Doc { get; }
}

/// <summary>The documentation of a rule, in Markdown.</summary>
/// <param name="Says">What the finding says.</param>
/// <param name="Why">Why it matters: what happens to somebody who ignores it.</param>
/// <param name="Bad">A manifest that has this finding, and no other.</param>
/// <param name="Good">The same manifest without it.</param>
/// <param name="FixSafety">What the fix does and whether it may be applied unseen.</param>
public sealed record RuleDoc(string Says, string Why, string Bad, string Good, string FixSafety);
