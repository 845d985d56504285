using System.Collections;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Header fields of one message in order; names are compared without regard to case. A field given several times is one
/// whose values are joined by commas (RFC 9110, 5.3). Immutable.
/// </summary>
public sealed class HeaderList : IReadOnlyList<KeyValuePair<string, string>>
{
    public static readonly HeaderList Empty = new([]);

    private readonly KeyValuePair<string, string>[] _fields;

    private HeaderList(KeyValuePair<string, string>[] fields) => _fields = fields;

    public int Count => _fields.Length;

    public KeyValuePair<string, string> this[int index] => _fields[index];

    public static HeaderList Of(IEnumerable<KeyValuePair<string, string>> fields)
    {
        HeaderList list = Empty;
        foreach ((string name, string value) in fields)
        {
            list = list.Add(name, value);
        }
        return list;
    }

    /// <summary>The value of a field; null when there is none of that name.</summary>
    public string? Find(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? null : _fields[at].Value;
    }

    /// <summary>With that field; it replaces the ones of its name and takes the place of the first.</summary>
    public HeaderList Set(string name, string value)
    {
        int at = IndexOf(name);
        KeyValuePair<string, string>[] fields = at < 0 ? [.. _fields, default] : [.. _fields];
        fields[at < 0 ? ^1 : at] = new KeyValuePair<string, string>(name, value);
        return new HeaderList(fields);
    }

    /// <summary>With that value behind those that the field has.</summary>
    public HeaderList Add(string name, string value)
    {
        int at = IndexOf(name);
        if (at < 0)
        {
            return Set(name, value);
        }
        KeyValuePair<string, string>[] fields = [.. _fields];
        fields[at] = new KeyValuePair<string, string>(_fields[at].Key, _fields[at].Value + "," + value);
        return new HeaderList(fields);
    }

    public HeaderList Remove(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? this : new HeaderList([.. _fields[..at], .. _fields[(at + 1)..]]);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    private int IndexOf(string name)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        return -1;
    }
}
