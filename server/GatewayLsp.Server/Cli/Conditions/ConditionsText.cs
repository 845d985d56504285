using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Conditions;

/// <summary>For people: a table per object, under headings for its listeners, parents or ancestors.</summary>
internal static class ConditionsText
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Open = new(Color.Yellow);

    /// <summary>Conditions that are bad news when they hold.</summary>
    private static readonly ImmutableArray<string> Negative =
        [ConditionTypes.Conflicted, ConditionTypes.OverlappingTlsConfig, ConditionTypes.InsecureFrontendValidationMode, ConditionTypes.PartiallyInvalid];

    public static void Write(ImmutableArray<ObjectConditions> objects, TextWriter output, bool color)
    {
        IAnsiConsole console = Consoles.On(output, color);
        int notGood = 0;
        bool isAllTold = true;
        foreach (ObjectConditions one in objects)
        {
            var text = new Paragraph();
            text.Append(Printable.Of($"{one.View.Kind} {one.View.FullName}"), Strong);
            text.Append(one.Cluster is { } cluster ? Printable.Of($"  cluster {cluster}") : "", Faint);
            text.Append(one.AttachedListenerSets is > 0 and { } sets ? $"  {sets} ListenerSet{(sets == 1 ? "" : "s")} attached\n" : "\n", Faint);
            bool isGood = Table(text, "  ", one.Conditions ?? []);
            foreach (ListenerStatus listener in one.Listeners ?? [])
            {
                string kinds = string.Join(", ", listener.SupportedKinds.Select(kind => kind.Kind));
                Heading(text, "listener " + listener.Name, string.Create(CultureInfo.InvariantCulture, $"{listener.AttachedRoutes} attached; takes {(kinds.Length == 0 ? "no routes" : kinds)}"));
                isGood &= Table(text, "    ", listener.Conditions);
            }
            foreach (ParentStatus parent in one.Parents ?? [])
            {
                Heading(text, "parent " + Name(parent.Parent.Ref), "");
                isGood &= Table(text, "    ", parent.Conditions);
            }
            foreach (ParentRef parent in (one.View as Route)?.ParentRefs ?? [])
            {
                if (one.Parents?.Any(known => known.Parent.Ref.Key == parent.Key) != true)
                {
                    Heading(text, "parent " + Name(parent), "can't be foretold: the conditions are up to whoever implements that kind");
                    isAllTold = false;
                }
            }
            foreach (AncestorStatus ancestor in one.Ancestors ?? [])
            {
                Heading(text, "ancestor Gateway " + ancestor.Ancestor.Gateway.FullName, "");
                isGood &= Table(text, "    ", ancestor.Conditions);
            }
            text.Append("\n");
            console.Write(text);
            notGood += isGood ? 0 : 1;
        }
        if (objects.IsEmpty)
        {
            output.Write("Nothing here has a status: there is no GatewayClass, Gateway, ListenerSet, route or BackendTLSPolicy whose fields are known\n");
            return;
        }
        string count = string.Create(CultureInfo.InvariantCulture, $"{objects.Length} object{(objects.Length == 1 ? "" : "s")}");
        output.Write(notGood == 0 ? $"{count}, {(isAllTold ? "all is well" : "nothing is known to be wrong")}\n" : string.Create(CultureInfo.InvariantCulture, $"{count}, {notGood} not well\n"));
    }

    private static string Name(ParentRef reference) =>
        $"{reference.Kind} {reference.Namespace}/{reference.Name}"
        + (reference.SectionName is { } section ? $" '{section}'" : "")
        + (reference.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $" port {port}") : "");

    private static void Heading(Paragraph text, string name, string note)
    {
        text.Append("  " + Printable.Of(name));
        text.Append(note.Length == 0 ? "\n" : "  " + Printable.Of(note) + "\n", Faint);
    }

    /// <summary>True when there is no bad news in it.</summary>
    private static bool Table(Paragraph text, string indent, ImmutableArray<Condition> conditions)
    {
        int type = conditions.Select(one => one.Type.Length).DefaultIfEmpty().Max();
        int reason = conditions.Select(one => one.Reason.Length).DefaultIfEmpty().Max();
        bool isGood = true;
        foreach (Condition condition in conditions)
        {
            bool isBad = condition.Status == (Negative.Contains(condition.Type) ? ConditionStatus.True : ConditionStatus.False);
            isGood &= !isBad;
            text.Append(indent + condition.Type.PadRight(type + 2));
            text.Append(ConditionsJson.StatusOf(condition).PadRight(9), isBad ? Bad : condition.Status == ConditionStatus.Unknown ? Open : Good);
            text.Append(condition.Reason.PadRight(reason + 2), Faint);
            text.Append(Printable.Of(condition.Message) + "\n");
        }
        return isGood;
    }
}
