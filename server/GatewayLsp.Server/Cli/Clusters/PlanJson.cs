using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>A plan for machines; see docs/cli.md.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter json, ApplyPlan plan)
    {
        json.WriteString("fingerprint", plan.Fingerprint);
        json.WriteBoolean("refused", plan.IsRefused);
        json.WriteStartArray("targets");
        foreach (TargetPlan target in plan.Targets)
        {
            json.WriteStartObject();
            json.WriteString("context", Printable.WellFormed(target.Target.Context));
            json.WriteString("label", Printable.WellFormed(target.Target.Label));
            json.WriteBoolean("protected", target.Target.IsProtected);
            json.WriteBoolean("refused", target.IsRefused);
            json.WriteString("error", target.Error?.Message);
            json.WriteStartArray("objects");
            foreach (PlanStep step in target.Steps)
            {
                json.WriteStartObject();
                Object(json, step.Address);
                json.WriteBoolean("namespaceDefaulted", step.IsNamespaceDefaulted);
                json.WriteBoolean("predicted", step.Basis == StepBasis.Predicted);
                Diff(json, step.Diff);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (PlanFinding finding in target.Findings)
            {
                json.WriteStartObject();
                json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
                json.WriteBoolean("refusal", finding.IsRefusal);
                json.WriteString("message", Printable.WellFormed(finding.Message));
                json.WriteString("object", finding.Object is { } about ? Printable.WellFormed(about.ToString()) : null);
                json.WriteString("field", finding.Field);
                json.WriteString("owner", finding.Owner);
                json.WriteString("path", finding.Source is { Origin: { } origin } ? origin.Of(finding.Field)?.Path : finding.Source?.Path);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject("issues");
            Issues(json, "introduced", target.Issues.Introduced);
            Issues(json, "fixed", target.Issues.Fixed);
            Issues(json, "unchanged", target.Issues.Unchanged);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Object(Utf8JsonWriter json, ResourceAddress address)
    {
        json.WriteString("apiVersion", address.Kind.Gvk.ApiVersion);
        json.WriteString("kind", address.Kind.Kind);
        json.WriteString("namespace", Printable.WellFormed(address.Namespace));
        json.WriteString("name", Printable.WellFormed(address.Name));
    }

    public static void Diff(Utf8JsonWriter json, ObjectDiff diff)
    {
        json.WriteString("change", diff.Kind switch
        {
            DiffKind.Created => "create",
            DiffKind.Changed => "change",
            DiffKind.Deleted => "delete",
            _ => "none",
        });
        json.WriteStartArray("fields");
        foreach (FieldChange field in diff.Fields)
        {
            json.WriteStartObject();
            json.WriteString("field", Printable.WellFormed(field.Path));
            json.WriteString("before", field.Before is null ? null : Printable.WellFormed(field.Before));
            json.WriteString("after", field.After is null ? null : Printable.WellFormed(field.After));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("before", Printable.WellFormed(diff.BeforeText));
        json.WriteString("after", Printable.WellFormed(diff.AfterText));
    }

    private static void Issues(Utf8JsonWriter json, string name, IEnumerable<ClusterIssue> issues)
    {
        json.WriteStartArray(name);
        foreach (ClusterIssue issue in issues)
        {
            json.WriteStartObject();
            json.WriteString("object", Printable.WellFormed(issue.Object.ToString()));
            json.WriteString("code", issue.Code);
            json.WriteString("severity", issue.Severity.ToString().ToLowerInvariant());
            json.WriteString("field", issue.Field);
            json.WriteString("message", Printable.WellFormed(issue.Message));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
