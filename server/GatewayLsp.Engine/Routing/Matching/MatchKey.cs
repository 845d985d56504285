using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>A text that is equal for matches that take the same requests.</summary>
internal static class MatchKey
{
    /// <summary>Parts are told apart by a character that no manifest has.</summary>
    public static string Of(RequestMatch match)
    {
        var key = new StringBuilder();
        if (match.Call is { } call)
        {
            key.Append(call.IsPattern).Append('\0').Append(call.Service).Append('\0').Append(call.Method);
        }
        else
        {
            string path = match.Path.Value;
            key.Append((int)match.Path.Type).Append('\0').Append(match.Path.Type == PathMatchType.PathPrefix ? path.TrimEnd('/') : path);
        }
        key.Append('\0').Append(match.Method);
        Append(key, match.Headers, isCaseIgnored: true);
        Append(key, match.Query, isCaseIgnored: false);
        return key.ToString();
    }

    private static void Append(StringBuilder key, ImmutableArray<ValueMatcher> values, bool isCaseIgnored)
    {
        key.Append("\0\0");
        if (values.IsEmpty)
        {
            return;
        }
        string[] texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            ValueMatcher one = values[i];
            texts[i] = $"{(isCaseIgnored ? one.Name.ToUpperInvariant() : one.Name)}\0{one.IsPattern}\0{one.Value}\0";
        }
        Array.Sort(texts, StringComparer.Ordinal);
        foreach (string text in texts)
        {
            key.Append(text);
        }
    }
}
