using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>What changed between two versions of an object, as sets of fields.</summary>
internal sealed record FieldChanges(FieldSet Added, FieldSet Modified, FieldSet Removed);

/// <summary>Makes field sets of values, after the rules of server-side apply.</summary>
internal static class FieldSets
{
    /// <summary>Fields of the head that nobody owns.</summary>
    private static readonly string[] Unowned =
    [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion", "deletionTimestamp",
        "deletionGracePeriodSeconds",
    ];

    /// <summary>The fields that an applied object names.</summary>
    public static FieldSet OfApplied(JsonObject value, SchemaNode schema)
    {
        var set = new FieldSet();
        Applied(value, schema, set);
        return Strip(set);
    }

    /// <summary>All fields, objects and items on the way included: what an update that makes them owns.</summary>
    public static FieldSet OfAll(JsonNode? value, SchemaNode? schema)
    {
        var set = new FieldSet();
        All(value, schema, set);
        return set;
    }

    public static FieldChanges Compare(JsonObject before, JsonObject after, SchemaNode schema)
    {
        var changes = new FieldChanges(new FieldSet(), new FieldSet(), new FieldSet());
        Compare(before, after, schema, changes.Added, changes.Modified, changes.Removed);
        return new FieldChanges(Strip(changes.Added), Strip(changes.Modified), Strip(changes.Removed));
    }

    /// <summary>Takes out what identifies the object or is written by the API server alone.</summary>
    public static FieldSet Strip(FieldSet set)
    {
        var head = new FieldSet();
        head.At("f:apiVersion").Insert();
        head.At("f:kind").Insert();
        FieldSet metadata = head.At("f:metadata");
        metadata.Insert();
        foreach (string name in Unowned)
        {
            metadata.At(FieldSet.Field(name)).Insert();
        }
        FieldSet rest = set.Except(head);
        return rest.Find("f:metadata") is { } left ? Replace(rest, "f:metadata", left.Without("f:managedFields")) : rest;
    }

    private static FieldSet Replace(FieldSet set, string step, FieldSet child) => child.IsEmpty ? set.Without(step) : WithChild(set.Without(step), step, child);

    private static FieldSet WithChild(FieldSet set, string step, FieldSet child)
    {
        var holder = new FieldSet();
        Copy(child, holder.At(step));
        return set.Union(holder);
    }

    private static void Copy(FieldSet from, FieldSet to)
    {
        if (from.IsMember)
        {
            to.Insert();
        }
        foreach ((string step, FieldSet child) in from.Children)
        {
            Copy(child, to.At(step));
        }
    }

    private static void Applied(JsonNode? value, SchemaNode? schema, FieldSet set)
    {
        if (TypedValues.IsLeaf(value, schema))
        {
            set.Insert();
            return;
        }
        if (value is JsonObject members)
        {
            foreach ((string name, JsonNode? member) in members)
            {
                FieldSet child = set.At(FieldSet.Field(name));
                Applied(member, TypedValues.Child(schema, name), child);
                if (member is JsonObject { Count: 0 } || schema?.Find(name) is null)
                {
                    child.Insert();
                }
            }
            return;
        }
        foreach ((string step, JsonNode? item) in TypedValues.Items((JsonArray)value!, schema!))
        {
            FieldSet child = set.At(step);
            Applied(item, schema!.Items, child);
            child.Insert();
        }
    }

    private static void All(JsonNode? value, SchemaNode? schema, FieldSet set)
    {
        set.Insert();
        if (TypedValues.IsLeaf(value, schema))
        {
            return;
        }
        if (value is JsonObject members)
        {
            foreach ((string name, JsonNode? member) in members)
            {
                All(member, TypedValues.Child(schema, name), set.At(FieldSet.Field(name)));
            }
            return;
        }
        foreach ((string step, JsonNode? item) in TypedValues.Items((JsonArray)value!, schema!))
        {
            All(item, schema!.Items, set.At(step));
        }
    }

    private static void Compare(JsonNode? before, JsonNode? after, SchemaNode? schema, FieldSet added, FieldSet modified, FieldSet removed)
    {
        if (before is JsonObject old && after is JsonObject now && !TypedValues.IsLeaf(after, schema))
        {
            foreach ((string name, JsonNode? value) in old)
            {
                if (!now.ContainsKey(name))
                {
                    All(value, TypedValues.Child(schema, name), removed.At(FieldSet.Field(name)));
                }
            }
            foreach ((string name, JsonNode? value) in now)
            {
                string step = FieldSet.Field(name);
                if (old.TryGetPropertyValue(name, out JsonNode? was))
                {
                    Compare(was, value, TypedValues.Child(schema, name), added.At(step), modified.At(step), removed.At(step));
                }
                else
                {
                    All(value, TypedValues.Child(schema, name), added.At(step));
                }
            }
            return;
        }
        if (before is JsonArray oldList && after is JsonArray newList && TypedValues.IsAssociative(schema))
        {
            Dictionary<string, JsonNode?> was = TypedValues.Items(oldList, schema!).ToDictionary(one => one.Step, one => one.Item, StringComparer.Ordinal);
            foreach ((string step, JsonNode? item) in TypedValues.Items(newList, schema!))
            {
                if (was.Remove(step, out JsonNode? same))
                {
                    Compare(same, item, schema!.Items, added.At(step), modified.At(step), removed.At(step));
                }
                else
                {
                    All(item, schema!.Items, added.At(step));
                }
            }
            foreach ((string step, JsonNode? item) in was)
            {
                All(item, schema!.Items, removed.At(step));
            }
            return;
        }
        if (!Json.Same(before, after))
        {
            All(after, schema, modified);
        }
    }
}
