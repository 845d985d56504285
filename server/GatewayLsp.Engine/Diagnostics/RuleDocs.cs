using System.Collections.Immutable;
using System.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>The documentation pages of rules, as they stand in <c>docs/rules</c>.</summary>
public static class RuleDocs
{
    /// <summary>The page of a rule as a file of <c>docs/rules</c>: with the way back to the list.</summary>
    public static string Page(IRule rule) => Markdown(rule) + "\n[All rules](README.md)\n";

    /// <summary>What there is to read about a rule, for places that have no other pages to link to.</summary>
    public static string Markdown(IRule rule)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(rule.Code).Append("\n\n");
        page.Append("**").Append(rule.Title).Append("** · ").Append(Name(rule.Severity)).Append(" · ").Append(Name(rule.Source)).Append("\n\n");
        Section(page, "What it says", rule.Doc.Says);
        Section(page, "Why it matters", rule.Doc.Why);
        page.Append("## Example\n\nReported:\n\n```yaml\n").Append(rule.Doc.Bad.TrimEnd('\n')).Append("\n```\n\n");
        page.Append("Fine:\n\n```yaml\n").Append(rule.Doc.Good.TrimEnd('\n')).Append("\n```\n\n");
        page.Append("## Fix safety\n\n").Append(rule.Doc.FixSafety).Append('\n');
        return page.ToString();
    }

    /// <summary>The page that lists all rules.</summary>
    public static string Index(ImmutableArray<IRule> rules)
    {
        var page = new StringBuilder("# Rules\n\nEvery code that Gateway LSP reports. `gateway-lsp rules CODE` prints the same pages.\n");
        foreach (IGrouping<DiagnosticSource, IRule> source in rules.GroupBy(r => r.Source))
        {
            page.Append("\n## ").Append(Heading(source.Key)).Append("\n\n| code | severity | |\n|---|---|---|\n");
            foreach (IRule rule in source.OrderBy(r => r.Code, StringComparer.Ordinal))
            {
                page.Append("| [").Append(rule.Code).Append("](").Append(rule.Code).Append(".md) | ").Append(Name(rule.Severity))
                    .Append(" | ").Append(rule.Title).Append(" |\n");
            }
        }
        return page.ToString();
    }

    public static string Name(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Information => "information",
        _ => "hint",
    };

    public static string Name(DiagnosticSource source) => source switch
    {
        DiagnosticSource.Yaml => "yaml",
        DiagnosticSource.Schema => "schema",
        DiagnosticSource.Cel => "cel",
        DiagnosticSource.Semantic => "semantic",
        _ => "migration",
    };

    private static void Section(StringBuilder page, string title, string text) =>
        page.Append("## ").Append(title).Append("\n\n").Append(text).Append("\n\n");

    private static string Heading(DiagnosticSource source) => source switch
    {
        DiagnosticSource.Yaml => "YAML",
        DiagnosticSource.Schema => "Objects and their fields",
        DiagnosticSource.Cel => "Rules between fields",
        DiagnosticSource.Semantic => "Meaning",
        _ => "Migration",
    };
}
