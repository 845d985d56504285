using System.Collections.Immutable;
using System.Numerics;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// Reads the fields of a mapping as what they should be. Anything else counts as left out, except that a template's value
/// is noted (<see cref="IsTemplated"/>). Reading from a node that is not there reads nothing.
/// </summary>
internal sealed class FieldReader(YamlNode node, YamlMapping? mapping)
{
    /// <summary>Items read of one list. Aliases can make lists endless in a few lines.</summary>
    private const int MaxItems = 4096;

    public FieldReader(YamlNode node) : this(node, node.Resolved() as YamlMapping)
    {
    }

    public YamlNode Node => node;

    public bool IsTemplated { get; private set; }

    /// <summary>False when nothing is written here.</summary>
    public bool IsPresent => mapping is not null;

    public YamlNode? Find(string key) => mapping?.Get(key);

    /// <summary>A reader of what is below a key; of nothing, at this node, when there is nothing.</summary>
    public FieldReader Child(string key) =>
        Find(key) is YamlMapping child ? new FieldReader(child, child) : new FieldReader(node, null);

    /// <summary>The text of a field; null when left out, null or templated. An empty text is as good as none.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not YamlScalar scalar)
        {
            return null;
        }
        if (scalar.IsOpaque)
        {
            IsTemplated = true;
            return null;
        }
        return scalar.IsMissing || scalar.Value.Length == 0 || scalar.IsNull() ? null : scalar.Value;
    }

    /// <summary>
    /// The text of a field as it stands there, whoever fills it in: <c>%PROTOCOL%</c> in a header is put in by Envoy for each
    /// request. Empty when left out.
    /// </summary>
    public string Written(string key) => Text(key) ?? (Find(key) is YamlScalar { IsOpaque: true } scalar ? scalar.Value : "");

    public string Text(string key, string orElse) => Text(key) ?? orElse;

    /// <summary>A group: the empty text is one, the core group.</summary>
    public string Group(string key, string orElse) =>
        Find(key) is YamlScalar { Value.Length: 0, IsMissing: false, IsOpaque: false } ? "" : Text(key) ?? orElse;

    public int? Integer(string key)
    {
        if (Find(key) is not YamlScalar scalar)
        {
            return null;
        }
        if (scalar.IsOpaque)
        {
            IsTemplated = true;
            return null;
        }
        return ScalarResolver.KindOf(scalar) == ScalarKind.Integer && ScalarResolver.TryInteger(scalar.Value, out BigInteger number)
            && number >= int.MinValue && number <= int.MaxValue
                ? (int)number
                : null;
    }

    public bool? Boolean(string key) =>
        Find(key) is YamlScalar { IsOpaque: false } scalar && ScalarResolver.KindOf(scalar) == ScalarKind.Boolean ? ScalarResolver.Truth(scalar.Value) : null;

    /// <summary>True where a template fills in a field or an item of its list: what was read of it need not be all.</summary>
    public bool IsOpen(string key) => Find(key) switch
    {
        YamlScalar scalar => scalar.IsOpaque,
        YamlSequence list => list.Items.Any(static item => item.Resolved() is YamlScalar { IsOpaque: true }),
        _ => false,
    };

    /// <summary>The items of a list that are mappings, or what <paramref name="make"/> makes of any item.</summary>
    public ImmutableArray<T> List<T>(string key, Func<FieldReader, T> make)
    {
        if (Find(key) is not YamlSequence list)
        {
            return [];
        }
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (YamlNode item in list.Items)
        {
            if (items.Count == MaxItems)
            {
                break;
            }
            if (item.Resolved() is YamlMapping found)
            {
                items.Add(make(new FieldReader(found, found)));
            }
        }
        return items.DrainToImmutable();
    }

    /// <summary>The scalars of a list, templated ones included.</summary>
    public ImmutableArray<YamlScalar> Scalars(string key)
    {
        if (Find(key) is not YamlSequence list)
        {
            return [];
        }
        var items = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (YamlNode item in list.Items)
        {
            if (items.Count < MaxItems && item.Resolved() is YamlScalar { IsMissing: false } scalar)
            {
                items.Add(scalar);
            }
        }
        return items.DrainToImmutable();
    }

    /// <summary>The known texts of a list.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar scalar in Scalars(key))
        {
            if (scalar.IsOpaque)
            {
                IsTemplated = true;
            }
            else
            {
                texts.Add(scalar.Value);
            }
        }
        return texts.DrainToImmutable();
    }

    /// <summary>A map of texts; templated keys and values are left out and noted.</summary>
    public ImmutableDictionary<string, string> Map(string key)
    {
        if (Find(key) is not YamlMapping map)
        {
            return ImmutableDictionary<string, string>.Empty;
        }
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Key is YamlScalar { IsOpaque: true } || entry.Value.Resolved() is YamlScalar { IsOpaque: true } || entry.IsMerge)
            {
                IsTemplated = true;
            }
            else
            {
                found[entry.Name] = entry.Value.Text() ?? "";
            }
        }
        return found.ToImmutable();
    }
}
