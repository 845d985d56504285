using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>A field that somebody else owns.</summary>
internal sealed record FieldConflict(string Manager, string Field);

/// <summary>Who does something, and through what.</summary>
/// <param name="Subresource">Empty for the object itself.</param>
/// <param name="HasStatus">True when the status can only be written through its own subresource.</param>
internal readonly record struct FieldManager(string Name, string ApiVersion, string Subresource, bool HasStatus);

/// <summary><c>metadata.managedFields</c>: who owns which fields, and what an update or an apply does to that.</summary>
internal sealed class ManagedFields
{
    private const string Apply = "Apply";
    private const string Update = "Update";

    /// <summary>Owns what an object without owners had when it was first applied.</summary>
    private const string BeforeFirstApply = "before-first-apply";

    private sealed record Entry(string Manager, string Operation, string ApiVersion, string Subresource, string Time, FieldSet Fields);

    private readonly List<Entry> _entries;

    private ManagedFields(List<Entry> entries) => _entries = entries;

    public bool IsEmpty => _entries.Count == 0;

    public static ManagedFields Of(JsonObject body)
    {
        var entries = new List<Entry>();
        foreach (JsonNode? one in body.At("metadata", "managedFields").Items())
        {
            entries.Add(new Entry(
                one.At("manager").Text() ?? "", one.At("operation").Text() ?? Update, one.At("apiVersion").Text() ?? "",
                one.At("subresource").Text() ?? "", one.At("time").Text() ?? "", FieldSet.FromJson(one.At("fieldsV1"))));
        }
        return new ManagedFields(entries);
    }

    /// <summary>
    /// Who owns what before an update counts: what the request says, when it says anything (so ownership can be put back), else
    /// what is stored. A list of one empty entry takes all owners away.
    /// </summary>
    /// <param name="live">The stored object; null for a new one.</param>
    public static ManagedFields BeforeUpdate(JsonObject? live, JsonObject given)
    {
        if (given.At("metadata", "managedFields") is not JsonArray { Count: > 0 } said || !said.All(IsEntry))
        {
            return live is null ? new ManagedFields([]) : Of(live);
        }
        return said.Count == 1 && said[0] is JsonObject { Count: 0 } ? new ManagedFields([]) : Of(given);
    }

    /// <summary>After a create, replace or patch: the manager owns what it changed, the others lose it.</summary>
    public void Updated(JsonObject? before, JsonObject after, SchemaNode schema, FieldManager manager, string now)
    {
        FieldChanges changes = Through(FieldSets.Compare(before ?? [], after, schema), manager);
        FieldSet touched = changes.Added.Union(changes.Modified);
        bool isOwn(Entry one) => one.Operation == Update && one.Manager == manager.Name && one.Subresource == manager.Subresource && one.ApiVersion == manager.ApiVersion;
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            FieldSet rest = isOwn(_entries[i]) ? _entries[i].Fields.Except(changes.Removed) : _entries[i].Fields.Except(touched).Except(changes.Removed);
            Keep(i, rest, _entries[i].Time);
        }
        if (touched.IsEmpty)
        {
            return;
        }
        int at = _entries.FindIndex(isOwn);
        if (at < 0)
        {
            _entries.Add(new Entry(manager.Name, Update, manager.ApiVersion, manager.Subresource, now, touched));
        }
        else
        {
            _entries[at] = _entries[at] with { Fields = _entries[at].Fields.Union(touched), Time = now };
        }
    }

    /// <summary>
    /// Applies a configuration to the live object. Answers the merged object, or (not forced) null and who is in the way.
    /// </summary>
    public (JsonObject? Merged, List<FieldConflict> Conflicts) Applied(JsonObject live, JsonObject applied, SchemaNode schema, FieldManager manager, bool force, string now)
    {
        if (IsEmpty && live.Count > 0)
        {
            Updated(null, live, schema, manager with { Name = BeforeFirstApply, Subresource = "" }, "");
        }
        FieldSet wanted = Through(FieldSets.OfApplied(applied, schema), manager);
        bool isOwn(Entry one) => one.Operation == Apply && one.Manager == manager.Name && one.Subresource == manager.Subresource;
        FieldSet last = _entries.Find(isOwn)?.Fields ?? new FieldSet();
        JsonObject merged = TypedMerge.Merge(live, applied, schema);
        FieldSet owned = wanted;
        foreach (Entry other in _entries)
        {
            owned = isOwn(other) ? owned : owned.Union(other.Fields);
        }
        TypedMerge.Prune(merged, last.Except(wanted), owned, schema);
        FieldChanges changes = Through(FieldSets.Compare(live, merged, schema), manager);
        FieldSet touched = changes.Added.Union(changes.Modified);
        var conflicts = new List<FieldConflict>();
        foreach (Entry other in _entries)
        {
            // What is the same already is nobody's loss: both own it from now on.
            if (!isOwn(other))
            {
                conflicts.AddRange(other.Fields.Intersect(touched).Paths().Select(path => new FieldConflict(Describe(other), path)));
            }
        }
        if (conflicts.Count > 0 && !force)
        {
            return (null, conflicts);
        }
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (!isOwn(_entries[i]))
            {
                Keep(i, _entries[i].Fields.Except(touched).Except(changes.Removed), _entries[i].Time.Length > 0 ? _entries[i].Time : now);
            }
        }
        int at = _entries.FindIndex(isOwn);
        if (at >= 0)
        {
            bool same = wanted.SameAs(_entries[at].Fields) && touched.IsEmpty && changes.Removed.IsEmpty;
            Keep(at, wanted, same ? _entries[at].Time : now);
        }
        else if (!wanted.IsEmpty)
        {
            _entries.Add(new Entry(manager.Name, Apply, manager.ApiVersion, manager.Subresource, now, wanted));
        }
        return (merged, conflicts);
    }

    public void WriteTo(JsonObject body)
    {
        JsonObject metadata = body.Child("metadata");
        metadata.Remove("managedFields");
        if (_entries.Count == 0)
        {
            return;
        }
        var list = new JsonArray();
        foreach (Entry one in _entries.OrderBy(one => one.Operation, StringComparer.Ordinal).ThenBy(one => one.Time, StringComparer.Ordinal)
            .ThenBy(one => one.Manager, StringComparer.Ordinal).ThenBy(one => one.Subresource, StringComparer.Ordinal))
        {
            var json = new JsonObject
            {
                ["manager"] = one.Manager, ["operation"] = one.Operation, ["apiVersion"] = one.ApiVersion, ["time"] = one.Time,
                ["fieldsType"] = "FieldsV1", ["fieldsV1"] = one.Fields.ToJson(),
            };
            if (one.Subresource.Length > 0)
            {
                json["subresource"] = one.Subresource;
            }
            list.Add((JsonNode)json);
        }
        metadata["managedFields"] = list;
    }

    private static bool IsEntry(JsonNode? one) =>
        one is JsonObject { Count: 0 } || (one.At("operation").Text() is Apply or Update && one.At("apiVersion").Text() is { Length: > 0 } && one.At("fieldsV1") is JsonObject);

    private static string Describe(Entry other) =>
        $"\"{other.Manager}\"" + (other.Subresource.Length > 0 ? $" with subresource \"{other.Subresource}\"" : "")
        + (other.Operation == Update ? $" using {other.ApiVersion}" + (other.Time.Length > 0 ? $" at {other.Time}" : "") : "");

    /// <summary>Through the object itself nobody gets at its status, through the status at nothing else.</summary>
    private static FieldChanges Through(FieldChanges changes, FieldManager manager) =>
        new(Through(changes.Added, manager), Through(changes.Modified, manager), Through(changes.Removed, manager));

    private static FieldSet Through(FieldSet set, FieldManager manager)
    {
        if (manager.Subresource != "status")
        {
            return manager.HasStatus ? set.Without("f:status") : set;
        }
        foreach (string step in set.Children.Keys.Where(step => step != "f:status").ToArray())
        {
            set = set.Without(step);
        }
        return set;
    }

    private void Keep(int at, FieldSet fields, string time)
    {
        if (fields.IsEmpty)
        {
            _entries.RemoveAt(at);
        }
        else
        {
            _entries[at] = _entries[at] with { Fields = fields, Time = time };
        }
    }
}
