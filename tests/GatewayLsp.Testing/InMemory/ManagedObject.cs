using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing.InMemory;

/// <summary>A stored object and who owns which of its fields.</summary>
internal sealed class ManagedObject(JsonObject body, SchemaNode? schema)
{
    /// <summary>By manager and operation: the paths.</summary>
    private readonly Dictionary<(string Manager, string Operation), SortedSet<string>> _owners = [];

    public JsonObject Body { get; private set; } = body;

    public ManagedObject Copy()
    {
        var copy = new ManagedObject((JsonObject)Body.DeepClone(), schema);
        foreach (((string, string) owner, SortedSet<string> paths) in _owners)
        {
            copy._owners[owner] = new SortedSet<string>(paths, StringComparer.Ordinal);
        }
        return copy;
    }

    /// <summary>Server-side apply. Conflicts are returned and nothing is changed, unless forced.</summary>
    public List<ErrorCause> Apply(JsonObject config, string manager, bool force)
    {
        SortedDictionary<string, JsonNode?> wanted = FieldSet.Of(config, schema);
        SortedDictionary<string, JsonNode?> live = FieldSet.Of(Body, schema);
        var conflicts = new List<ErrorCause>();
        foreach ((string path, JsonNode? value) in wanted)
        {
            if (live.TryGetValue(path, out JsonNode? now) && FieldSet.Same(now, value))
            {
                continue;
            }
            if (value is JsonObject { Count: 0 } && live.Keys.Any(one => one.StartsWith(path + "/", StringComparison.Ordinal)))
            {
                continue; // To ask for a map is no objection to what is in it.
            }
            foreach (((string Manager, string Operation) owner, SortedSet<string> paths) in _owners)
            {
                if (owner != (manager, "Apply") && paths.Contains(path))
                {
                    conflicts.Add(new ErrorCause(FieldSet.ToField(path), ErrorCause.FieldManagerConflict,
                        $"conflict with \"{owner.Manager}\"", owner.Manager));
                    if (force)
                    {
                        paths.Remove(path);
                    }
                }
            }
        }
        if (conflicts.Count > 0 && !force)
        {
            return conflicts;
        }
        if (_owners.TryGetValue((manager, "Apply"), out SortedSet<string>? before))
        {
            // In this order an element of a list goes before its key does, by which it is found.
            foreach (string path in before.ToList())
            {
                if (!wanted.ContainsKey(path) && !_owners.Any(o => o.Key != (manager, "Apply") && o.Value.Contains(path)))
                {
                    Remove(path, (manager, "Apply"));
                }
            }
        }
        Merge(Body, config, schema);
        Own((manager, "Apply"), wanted.Keys);
        return [];
    }

    /// <summary>An update (PUT, patch): what differs becomes the manager's.</summary>
    public void Update(JsonObject next, string manager)
    {
        SortedDictionary<string, JsonNode?> live = FieldSet.Of(Body, schema);
        SortedDictionary<string, JsonNode?> wanted = FieldSet.Of(next, schema);
        var changed = new List<string>();
        foreach ((string path, JsonNode? value) in wanted)
        {
            if (!live.TryGetValue(path, out JsonNode? now) || !FieldSet.Same(now, value))
            {
                changed.Add(path);
            }
        }
        foreach (SortedSet<string> paths in _owners.Values)
        {
            // Who applied an empty map owns the map itself, whatever others put into it.
            paths.RemoveWhere(path => changed.Contains(path)
                || (!wanted.ContainsKey(path) && !wanted.Keys.Any(one => one.StartsWith(path + "/", StringComparison.Ordinal))));
        }
        Body = next;
        if (changed.Count > 0)
        {
            SortedSet<string> mine = _owners.GetValueOrDefault((manager, "Update")) ?? new SortedSet<string>(StringComparer.Ordinal);
            mine.UnionWith(changed);
            Own((manager, "Update"), mine);
        }
    }

    /// <summary>The body with its managed fields.</summary>
    public JsonObject Rendered()
    {
        var body = (JsonObject)Body.DeepClone();
        var entries = new JsonArray();
        foreach (((string manager, string operation), SortedSet<string> paths) in _owners.OrderBy(o => o.Key.Operation, StringComparer.Ordinal)
                     .ThenBy(o => o.Key.Manager, StringComparer.Ordinal))
        {
            if (paths.Count > 0)
            {
                entries.Add(new JsonObject
                {
                    ["manager"] = manager,
                    ["operation"] = operation,
                    ["apiVersion"] = body["apiVersion"]?.DeepClone(),
                    ["fieldsType"] = "FieldsV1",
                    ["fieldsV1"] = FieldSet.ToFields(paths),
                });
            }
        }
        body["metadata"]!["managedFields"] = entries;
        return body;
    }

    private void Own((string, string) owner, IEnumerable<string> paths) => _owners[owner] = new SortedSet<string>(paths, StringComparer.Ordinal);

    private static void Merge(JsonObject into, JsonObject from, SchemaNode? schema)
    {
        foreach ((string name, JsonNode? value) in from)
        {
            SchemaNode? child = schema?.Child(name);
            if (value is JsonObject map && into[name] is JsonObject there && child?.MapType != SchemaMapType.Atomic)
            {
                Merge(there, map, child);
            }
            else if (value is JsonArray list && into[name] is JsonArray items && child?.ListType == SchemaListType.Map)
            {
                MergeKeyed(items, list, child);
            }
            else if (value is JsonArray set && into[name] is JsonArray members && child?.ListType == SchemaListType.Set)
            {
                foreach (JsonNode? one in set.Where(one => !members.Any(m => FieldSet.Same(m, one))).ToList())
                {
                    members.Add(one?.DeepClone());
                }
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static void MergeKeyed(JsonArray items, JsonArray list, SchemaNode schema)
    {
        foreach (JsonObject one in list.OfType<JsonObject>())
        {
            string key = FieldSet.KeyOf(one, schema);
            if (items.OfType<JsonObject>().FirstOrDefault(item => FieldSet.KeyOf(item, schema) == key) is { } there)
            {
                Merge(there, one, schema.Items);
            }
            else
            {
                items.Add(one.DeepClone());
            }
        }
    }

    private void Remove(string path, (string, string) owner)
    {
        List<string> steps = FieldSet.Split(path);
        var chain = new List<(JsonObject Map, string Name)>();
        JsonNode? at = Body;
        SchemaNode? known = schema;
        for (int i = 0; i < steps.Count; i++)
        {
            string step = steps[i];
            if (step.StartsWith("f:", StringComparison.Ordinal) && at is JsonObject map)
            {
                string name = step[2..];
                known = known?.Child(name);
                if (i == steps.Count - 1)
                {
                    map.Remove(name);
                    break;
                }
                chain.Add((map, name));
                at = map[name];
            }
            else if (at is JsonArray list && known is not null)
            {
                int index = step.StartsWith("k:", StringComparison.Ordinal)
                    ? list.ToList().FindIndex(item => item is JsonObject o && FieldSet.KeyOf(o, known) == step)
                    : list.ToList().FindIndex(item => "v:" + item?.ToJsonString() == step);
                if (index < 0)
                {
                    break;
                }
                if (i == steps.Count - 1)
                {
                    // The element goes when nobody else has a field in it.
                    if (!_owners.Any(o => o.Key != owner && o.Value.Any(p => p.StartsWith(path + "/", StringComparison.Ordinal))))
                    {
                        list.RemoveAt(index);
                    }
                    break;
                }
                at = list[index];
                known = known.Items;
            }
            else
            {
                break;
            }
        }
        for (int i = chain.Count - 1; i >= 0 && chain[i].Map[chain[i].Name] is JsonObject { Count: 0 } or JsonArray { Count: 0 }; i--)
        {
            chain[i].Map.Remove(chain[i].Name);
        }
    }
}
