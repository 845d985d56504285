using System.Globalization;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>A plan for people: per target its differences as YAML under their fields, then what is to be known before.</summary>
internal static class PlanText
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Field = new(Color.Teal);
    private static readonly Style Added = new(Color.Green);
    private static readonly Style Removed = new(Color.Red);
    private static readonly Style Warning = new(Color.Yellow);

    public static void Write(ApplyPlan plan, TextWriter output, bool color)
    {
        IAnsiConsole console = Consoles.On(output, color);
        foreach (TargetPlan target in plan.Targets)
        {
            var text = new Paragraph();
            text.Append(Printable.Of(Name(target)) + "\n", Strong);
            if (target.Error is { } error)
            {
                text.Append("  " + Printable.Of(error.Message) + "\n", Removed);
                foreach (string line in (error.Hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    text.Append($"  {Printable.Of(line)}\n", Faint);
                }
                text.Append("  help: ", Warning);
                text.Append(Printable.Of($"once gateway-lsp contexts --context {target.Target.Context} calls it ok, the same command again; or leave this --context out") + "\n\n");
                console.Write(text);
                continue;
            }
            foreach (PlanStep step in target.Steps.Where(step => step.Diff.HasChanges))
            {
                Step(text, step.Diff, (step.IsNamespaceDefaulted ? $"  (namespace {step.Address.Namespace}: the file names none)" : "")
                    + (step.IsAdded ? "  (not in the files: the namespace is missing)" : "") + (IsPredicted(step, target) ? "  (not run dry: what it needs is made first)" : ""));
            }
            Findings(text, target);
            Conflicts(text, target);
            Namespaces(text, target);
            Templates(text, target);
            Issues(text, target.Issues);
            text.Append("  " + Summary(target) + "\n\n");
            console.Write(text);
        }
    }

    public static void Step(Paragraph text, ObjectDiff diff, string note)
    {
        (string word, Style style) = diff.Kind switch
        {
            DiffKind.Created => ("create", Added),
            DiffKind.Deleted => ("delete", Removed),
            DiffKind.Changed => ("change", Warning),
            _ => ("keep  ", Faint),
        };
        text.Append("  " + word + " ", style);
        text.Append(Printable.Of(diff.Key.ToString()), Strong);
        text.Append(Printable.Of(note) + "\n", Faint);
        foreach (DiffLine line in diff.Unified())
        {
            if (line.Mark == '@')
            {
                if (diff.Kind == DiffKind.Changed)
                {
                    text.Append("    @ " + Printable.Of(line.Text) + "\n", Field);
                }
                continue;
            }
            text.Append($"    {line.Mark} {Printable.Of(line.Text)}\n", line.Mark switch { '+' => Added, '-' => Removed, _ => Faint });
        }
    }

    private static string Place(string path, LineRange range) => string.Create(CultureInfo.InvariantCulture, $" ({Path.GetFileName(path)}:{range.Start.Line + 1})");

    private static void Findings(Paragraph text, TargetPlan target)
    {
        foreach (PlanFinding finding in target.Findings)
        {
            text.Append(finding.IsRefusal ? "  refused: " : "  note: ", finding.IsRefusal ? Removed : Warning);
            string where = finding.Source is not { } source ? ""
                : source.Origin is not { } origin ? Place(source.Path, source.Slot.RangeOf(source.Object.Node.Span))
                : origin.Of(finding.Field) is { } place ? Place(place.Path, place.Range) : "";
            string field = finding.Field is { Length: > 0 } path ? $" {path}:" : "";
            string about = finding.Object is { Name.Length: 0 } nameless ? nameless.Kind.Length > 0 ? nameless.Kind : "object" : $"{finding.Object}";
            text.Append(Printable.Of($"{about}{where}:{field} {finding.Message}") + "\n");
        }
    }

    /// <summary>What to do about fields of others; they are named above.</summary>
    private static void Conflicts(Paragraph text, TargetPlan target)
    {
        string[] owners = [.. target.Findings.Where(one => one is { IsRefusal: true, Kind: PlanFindingKind.FieldConflict, Owner: not null }).Select(one => one.Owner!).Distinct(StringComparer.Ordinal)];
        if (owners.Length > 0)
        {
            text.Append("  help: ", Warning);
            text.Append(Printable.Of($"change these fields by way of {string.Join(" and ", owners)}, or take them over: the same command with --force-conflicts") + "\n");
        }
    }

    /// <summary>What to do about namespaces that are missing; they are named above.</summary>
    private static void Namespaces(Paragraph text, TargetPlan target)
    {
        if (target.Findings.Any(one => one is { IsRefusal: true, Kind: PlanFindingKind.NamespaceMissing }))
        {
            text.Append("  help: ", Warning);
            text.Append("add the manifest of the namespace, or have it made: the same command with --create-namespaces\n");
        }
    }

    /// <summary>What to do about templates; they are named above.</summary>
    private static void Templates(Paragraph text, TargetPlan target)
    {
        if (target.Findings.Any(one => one is { IsRefusal: true, Kind: PlanFindingKind.Unreadable, Source.Object.Document.IsTemplate: true }))
        {
            text.Append("  help: ", Warning);
            text.Append("render the templates into a file and give that instead: helm template CHART > rendered.yaml\n");
        }
    }

    /// <summary>What was refused was run dry, or is not made at all.</summary>
    private static bool IsPredicted(PlanStep step, TargetPlan target) =>
        step.Basis == StepBasis.Predicted && !target.Findings.Any(finding => finding.IsRefusal && finding.Object == step.Key);

    private static void Issues(Paragraph text, IssueComparison issues)
    {
        foreach (ClusterIssue issue in issues.Introduced)
        {
            text.Append("  introduces: ", Removed);
            text.Append(Printable.Of($"{issue.Object}: {issue.Message} [{issue.Code}]") + "\n");
        }
        foreach (ClusterIssue issue in issues.Fixed)
        {
            text.Append("  fixes: ", Added);
            text.Append(Printable.Of($"{issue.Object}: {issue.Message} [{issue.Code}]") + "\n");
        }
    }

    private static string Summary(TargetPlan target)
    {
        int Count(DiffKind kind) => target.Steps.Count(step => step.Diff.Kind == kind);
        string unchanged = target.Issues.Unchanged.Length is > 0 and var known ? string.Create(CultureInfo.InvariantCulture, $"; {known} known {(known == 1 ? "issue stays" : "issues stay")}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Count(DiffKind.Created)} to create, {Count(DiffKind.Changed)} to change, {Count(DiffKind.Unchanged)} as they are{unchanged}{(target.IsRefused ? "; refused" : "")}");
    }

    private static string Name(TargetPlan target) =>
        (target.Target.Label == target.Target.Context ? target.Target.Context : $"{target.Target.Label}  {target.Target.Context}") + (target.Target.IsProtected ? "  protected" : "");
}
