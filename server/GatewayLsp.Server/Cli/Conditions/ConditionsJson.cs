using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Conditions;

/// <summary>The stable machine form of <c>conditions</c> (docs/cli.md). Lists that a kind does not have are empty.</summary>
internal static class ConditionsJson
{
    public static void Write(ImmutableArray<ObjectConditions> objects, IReadOnlyList<string> notes, Stream output)
    {
        using var json = new Utf8JsonWriter(output, JsonReport.Options);
        json.WriteStartObject();
        json.WriteStartArray("objects");
        foreach (ObjectConditions one in objects)
        {
            Write(json, one);
            if (json.BytesPending > 32 * 1024)
            {
                json.Flush();
            }
        }
        json.WriteEndArray();
        JsonReport.Notes(json, notes);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, ObjectConditions one)
    {
        json.WriteStartObject();
        if (one.Cluster is { } cluster)
        {
            Text(json, "cluster", cluster);
        }
        Text(json, "apiVersion", one.View.Object.ApiVersion);
        Text(json, "kind", one.View.Kind);
        Text(json, "namespace", one.View.Namespace);
        Text(json, "name", one.View.Name);
        Conditions(json, one.Conditions ?? []);
        if (one.AttachedListenerSets is { } sets)
        {
            json.WriteNumber("attachedListenerSets", sets);
        }
        json.WriteStartArray("listeners");
        foreach (ListenerStatus listener in one.Listeners ?? [])
        {
            Write(json, listener);
        }
        json.WriteEndArray();
        json.WriteStartArray("parents");
        foreach (ParentStatus parent in one.Parents ?? [])
        {
            json.WriteStartObject();
            Write(json, parent.Parent.Ref);
            Conditions(json, parent.Conditions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("ancestors");
        foreach (AncestorStatus ancestor in one.Ancestors ?? [])
        {
            json.WriteStartObject();
            json.WriteStartObject("ancestorRef");
            Identity(json, ancestor.Ancestor.Key);
            json.WriteEndObject();
            Conditions(json, ancestor.Conditions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ListenerStatus listener)
    {
        json.WriteStartObject();
        Text(json, "name", listener.Name);
        json.WriteNumber("attachedRoutes", listener.AttachedRoutes);
        json.WriteStartArray("supportedKinds");
        foreach (GroupKind kind in listener.SupportedKinds)
        {
            json.WriteStartObject();
            Text(json, "group", kind.Group);
            Text(json, "kind", kind.Kind);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Conditions(json, listener.Conditions);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParentRef reference)
    {
        json.WriteStartObject("parentRef");
        Identity(json, reference.Key);
        if (reference.SectionName is { } section)
        {
            Text(json, "sectionName", section);
        }
        if (reference.Port is { } port)
        {
            json.WriteNumber("port", port);
        }
        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, ObjectKey key)
    {
        Text(json, "group", key.Group);
        Text(json, "kind", key.Kind);
        Text(json, "namespace", key.Namespace);
        Text(json, "name", key.Name);
    }

    private static void Conditions(Utf8JsonWriter json, ImmutableArray<Condition> conditions)
    {
        json.WriteStartArray("conditions");
        foreach (Condition condition in conditions)
        {
            json.WriteStartObject();
            Text(json, "type", condition.Type);
            Text(json, "status", StatusOf(condition));
            Text(json, "reason", condition.Reason);
            Text(json, "message", condition.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static string StatusOf(Condition condition) => condition.Status switch
    {
        ConditionStatus.True => "True",
        ConditionStatus.False => "False",
        _ => "Unknown",
    };

    private static void Text(Utf8JsonWriter json, string name, string value) => json.WriteString(name, Printable.WellFormed(value));
}
