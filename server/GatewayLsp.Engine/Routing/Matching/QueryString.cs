namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>Query parameters of a request: names and values decoded, of repeated ones the first (as the Gateway API recommends).</summary>
internal sealed class QueryString
{
    private const int MaxParameters = 1024;

    public static readonly QueryString Empty = new([]);

    private readonly Dictionary<string, string> _values;

    private QueryString(Dictionary<string, string> values) => _values = values;

    /// <param name="query">Without the question mark.</param>
    public static QueryString Parse(string query)
    {
        if (query.Length == 0)
        {
            return Empty;
        }
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in query.Split('&', MaxParameters))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = Decode(equals < 0 ? part : part[..equals]);
            if (name.Length > 0)
            {
                values.TryAdd(name, equals < 0 ? "" : Decode(part[(equals + 1)..]));
            }
        }
        return new QueryString(values);
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
