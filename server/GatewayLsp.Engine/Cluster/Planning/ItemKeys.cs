using System.Text.Json;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// How an API server names an item of a list by what is in it: <c>[name="web"]</c>, <c>[port=80,protocol="TCP"]</c>, and
/// <c>[="a.example"]</c> for an item that is a value. Texts may hold commas, brackets and quotes.
/// </summary>
internal static class ItemKeys
{
    private const int MaxKeys = 20;

    /// <summary>Where the bracket that opens at <paramref name="start"/> is closed; -1 when it is not.</summary>
    public static int End(string field, int start)
    {
        bool isQuoted = false;
        for (int at = start + 1; at < field.Length; at++)
        {
            switch (field[at])
            {
                case '\\' when isQuoted:
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ']' when !isQuoted:
                    return at;
            }
        }
        return -1;
    }

    /// <summary>
    /// The item that has all the keys; else the only one in which none differs, as keys with a default may be left out. Null where
    /// several could be meant: a wrong one is worse than none.
    /// </summary>
    /// <param name="inner">What stands between the brackets.</param>
    /// <param name="textOf">The text of an item's key, of the item itself for ""; null when it has none.</param>
    public static T? Find<T>(IEnumerable<T?> items, string inner, Func<T?, string, string?> textOf)
        where T : class
    {
        List<(string Name, string Value)> wanted = Parse(inner);
        T? whole = null, partial = null;
        int wholes = 0, partials = 0;
        foreach (T? item in items)
        {
            int same = 0;
            bool isOther = false;
            foreach ((string name, string value) in wanted)
            {
                if (textOf(item, name) is { } text)
                {
                    same++;
                    isOther |= text != value;
                }
            }
            if (isOther || same == 0)
            {
                continue;
            }
            if (same == wanted.Count)
            {
                (whole, wholes) = (item, wholes + 1);
            }
            else
            {
                (partial, partials) = (item, partials + 1);
            }
        }
        return wholes == 1 ? whole : wholes == 0 && partials == 1 ? partial : null;
    }

    private static List<(string Name, string Value)> Parse(string inner)
    {
        var keys = new List<(string, string)>();
        for (int at = 0; at < inner.Length && keys.Count < MaxKeys;)
        {
            int equals = inner.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }
            int end = equals + 1;
            if (end < inner.Length && inner[end] == '"')
            {
                for (end++; end < inner.Length && inner[end] != '"'; end++)
                {
                    end += inner[end] == '\\' ? 1 : 0;
                }
            }
            end = end < inner.Length && inner.IndexOf(',', end) is >= 0 and var comma ? comma : inner.Length;
            keys.Add((inner[at..equals].Trim(), Unquoted(inner[(equals + 1)..end].Trim())));
            at = end + 1;
        }
        return keys;
    }

    private static string Unquoted(string value)
    {
        if (!value.StartsWith('"'))
        {
            return value;
        }
        try
        {
            using var text = JsonDocument.Parse(value);
            return text.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            // Quoted as Go does it, with an escape that JSON does not know.
            return value.Trim('"');
        }
    }
}
