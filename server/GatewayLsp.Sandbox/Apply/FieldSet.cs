using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>
/// A set of field paths as managedFields has it (FieldsV1): a tree whose steps are <c>f:name</c> for a field, <c>k:{...}</c>
/// for an item of a list by its keys, <c>v:...</c> for a member of a set; <c>.</c> says that the step itself is a member.
/// </summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    /// <summary>True when the path to here is in the set itself.</summary>
    public bool IsMember { get; private set; }

    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    public bool IsEmpty => !IsMember && _children.Values.All(child => child.IsEmpty);

    public static string Field(string name) => "f:" + name;

    public FieldSet? Find(string step) => _children.GetValueOrDefault(step);

    /// <summary>The set below a step, made when there is none.</summary>
    public FieldSet At(string step)
    {
        if (!_children.TryGetValue(step, out FieldSet? child))
        {
            _children.Add(step, child = new FieldSet());
        }
        return child;
    }

    public void Insert() => IsMember = true;

    public bool Has(ReadOnlySpan<string> path)
    {
        FieldSet? at = this;
        foreach (string step in path)
        {
            at = at?.Find(step);
        }
        return at is { IsMember: true };
    }

    public FieldSet Union(FieldSet other)
    {
        var all = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            all._children[step] = other.Find(step) is { } same ? child.Union(same) : child;
        }
        foreach ((string step, FieldSet child) in other._children)
        {
            all._children.TryAdd(step, child);
        }
        return all;
    }

    /// <summary>Without the members of the other set; what stands below those stays.</summary>
    public FieldSet Except(FieldSet other)
    {
        var rest = new FieldSet { IsMember = IsMember && !other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            FieldSet left = other.Find(step) is { } same ? child.Except(same) : child;
            if (!left.IsEmpty)
            {
                rest._children[step] = left;
            }
        }
        return rest;
    }

    public FieldSet Intersect(FieldSet other)
    {
        var both = new FieldSet { IsMember = IsMember && other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            if (other.Find(step) is { } same && child.Intersect(same) is { IsEmpty: false } common)
            {
                both._children[step] = common;
            }
        }
        return both;
    }

    /// <summary>Without all that begins with the path.</summary>
    public FieldSet Without(string step)
    {
        var rest = new FieldSet { IsMember = IsMember };
        foreach ((string name, FieldSet child) in _children)
        {
            if (name != step)
            {
                rest._children[name] = child;
            }
        }
        return rest;
    }

    public bool SameAs(FieldSet other) => Except(other).IsEmpty && other.Except(this).IsEmpty;

    /// <summary>The members as field paths, with a dot in front as the API server writes them in conflicts.</summary>
    public IEnumerable<string> Paths(string path = "")
    {
        if (IsMember && path.Length > 0)
        {
            yield return path;
        }
        foreach ((string step, FieldSet child) in _children)
        {
            string next = step[..2] switch
            {
                "f:" => $"{path}.{step[2..]}",
                "k:" => path + KeyText(step[2..]),
                "v:" => $"{path}[={step[2..]}]",
                _ => $"{path}[{step[2..]}]",
            };
            foreach (string found in child.Paths(next))
            {
                yield return found;
            }
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (IsMember && _children.Values.Any(child => !child.IsEmpty))
        {
            json["."] = new JsonObject();
        }
        foreach ((string step, FieldSet child) in _children)
        {
            // A step without members below it would read as one itself.
            if (!child.IsEmpty)
            {
                json[step] = child.ToJson();
            }
        }
        return json;
    }

    public static FieldSet FromJson(JsonNode? json)
    {
        var set = new FieldSet();
        foreach ((string step, JsonNode? child) in json as JsonObject ?? [])
        {
            if (step == ".")
            {
                set.IsMember = true;
            }
            else if (child is JsonObject { Count: > 0 })
            {
                set._children[step] = FromJson(child);
            }
            else
            {
                set._children[step] = new FieldSet { IsMember = true };
            }
        }
        return set;
    }

    private static string KeyText(string keys) =>
        "[" + string.Join(",", (Json.ParseObject(keys) ?? []).Select(key => $"{key.Key}={Json.Text(key.Value)}")) + "]";
}
