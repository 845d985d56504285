using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// A value as the API server holds it after decoding, pruning and defaulting: the data of a manifest without its notation
/// (aliases and merge keys resolved). Immutable. What the verdict is computed on and CEL evaluates over.
/// </summary>
/// <param name="Origin">The node that it was read from, for positions; null when a default wrote it.</param>
public abstract record PlainValue(YamlNode? Origin);

public sealed record PlainNull(YamlNode? Origin) : PlainValue(Origin);

public sealed record PlainBoolean(bool Value, YamlNode? Origin) : PlainValue(Origin);

/// <summary>A whole number that fits 64 bits; larger ones are <see cref="PlainNumber"/>, as in the API server.</summary>
public sealed record PlainInteger(long Value, YamlNode? Origin) : PlainValue(Origin);

public sealed record PlainNumber(double Value, YamlNode? Origin) : PlainValue(Origin);

public sealed record PlainText(string Value, YamlNode? Origin) : PlainValue(Origin);

/// <summary>Stands where a template will put something: any type, any content. Whatever depends on it is unknown, never wrong.</summary>
public sealed record PlainUnknown(YamlNode? Origin) : PlainValue(Origin);

public sealed record PlainList(IReadOnlyList<PlainValue> Items, YamlNode? Origin) : PlainValue(Origin);

/// <summary>An object or map. Members keep the order of the manifest; a name occurs once (the last one written wins).</summary>
public sealed record PlainMap(IReadOnlyList<KeyValuePair<string, PlainValue>> Members, YamlNode? Origin) : PlainValue(Origin)
{
    private const int LinearSearchLimit = 8;

    private Dictionary<string, PlainValue>? _index;

    /// <summary>The member of that name; null when absent (a JSON null is a <see cref="PlainNull"/>).</summary>
    public PlainValue? Find(string name)
    {
        if (Members.Count > LinearSearchLimit)
        {
            return (_index ??= new Dictionary<string, PlainValue>(Members, StringComparer.Ordinal)).GetValueOrDefault(name);
        }
        for (int i = 0; i < Members.Count; i++)
        {
            if (string.Equals(Members[i].Key, name, StringComparison.Ordinal))
            {
                return Members[i].Value;
            }
        }
        return null;
    }
}
