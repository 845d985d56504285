using System.Reflection;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary><c>docs/conditions.md</c> lists every condition of Gateway API, and what it calls predicted is.</summary>
public sealed class ConditionPageTests
{
    private static string File => Path.Combine(SharedFiles.Root, "server", "docs", "conditions.md");

    public static TheoryData<int> Predicted => [.. Enumerable.Range(0, ConditionTable.Rows.Length).Where(i => ConditionTable.Rows[i].Manifests is not null)];

    [Theory]
    [MemberData(nameof(Predicted))]
    public void What_is_called_predicted_is(int row)
    {
        ConditionRow wanted = ConditionTable.Rows[row];
        // A Secret of which only the key is filled in later counts where the files are not all there is.
        string manifests = wanted.Manifests!;
        bool isComplete = !manifests.Contains("$KEY", StringComparison.Ordinal);
        Analysis analysis = WorkspaceFixture.Parse(manifests, new WorkspaceSettings { IsComplete = isComplete }).Analysis;
        IEnumerable<Condition> found = analysis.Conditions().SelectMany(one => Of(one, wanted.Object));
        Assert.Contains(found, one => one.Type == wanted.Type && one.Status.ToString() == wanted.Status && one.Reason == wanted.Reason);
    }

    [Fact]
    public void Every_reason_that_the_engine_knows_is_listed()
    {
        string[] known = [.. typeof(ConditionReasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        string[] listed = [.. ConditionTable.Rows.Where(row => row.Manifests is not null).Select(row => row.Reason)];
        Assert.Empty(known.Except(listed));
        Assert.Empty(listed.Except(known));
    }

    [Fact]
    public void Page_is_what_the_table_says()
    {
        string page = Page();
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            System.IO.File.WriteAllText(File, page);
        }
        Assert.Equal(System.IO.File.ReadAllText(File), page);
    }

    private static IEnumerable<Condition> Of(ObjectConditions one, string kind) => kind switch
    {
        "Listener" => one.View is Gateway ? (one.Listeners ?? []).SelectMany(listener => listener.Conditions) : [],
        "Listener of a ListenerSet" => one.View is ListenerSet ? (one.Listeners ?? []).SelectMany(listener => listener.Conditions) : [],
        "Route, by parent" => (one.Parents ?? []).SelectMany(parent => parent.Conditions),
        "BackendTLSPolicy, by ancestor" => (one.Ancestors ?? []).SelectMany(ancestor => ancestor.Conditions),
        _ => one.View.Kind == kind ? one.Conditions ?? [] : [],
    };

    private static string Page()
    {
        var page = new StringBuilder(
            """
            <!-- Made from ConditionTable.cs by the tests; UPDATE_BASELINES=1 writes it anew. -->
            # Conditions

            The conditions that Gateway API 1.6 has for its objects, and which of them `gateway-lsp conditions` predicts from manifests
            alone. For each that is predicted a test has manifests whose objects get it. What hangs on a cluster or on an
            implementation can't be told from files; a connected cluster shows it beside the object.


            """.ReplaceLineEndings("\n"));
        foreach (IGrouping<string, ConditionRow> rows in ConditionTable.Rows.GroupBy(row => row.Object))
        {
            page.Append($"## {rows.Key}\n\n| Condition | Status | Reason | Predicted | When, or why not |\n| --- | --- | --- | --- | --- |\n");
            foreach (ConditionRow row in rows)
            {
                page.Append($"| {row.Type} | {row.Status} | {row.Reason} | {(row.Manifests is null ? "no" : "yes")} | {row.When} |\n");
            }
            page.Append('\n');
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }
}
