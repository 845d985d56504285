using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Finds keys that stand twice in a mapping; the API server's strict decoding refuses them.</summary>
internal static class DuplicateKeys
{
    public static void Report(YamlMapping mapping, List<SyntaxError> errors)
    {
        if (mapping.Entries.Length < 2)
        {
            return;
        }
        HashSet<string>? seen = mapping.Entries.Length > 12 ? new(StringComparer.Ordinal) : null;
        for (int i = 0; i < mapping.Entries.Length; i++)
        {
            YamlEntry entry = mapping.Entries[i];
            if (entry.Key is not YamlScalar { IsOpaque: false } || entry.IsMerge || entry.IsUnfinished)
            {
                continue;
            }
            bool repeated = seen is null ? StandsBefore(mapping, i) : !seen.Add(entry.Name);
            if (repeated)
            {
                errors.Add(new SyntaxError("duplicate-key", entry.Key.Span,
                    $"`{Shown(entry.Name)}` is already set above in the same mapping; only one of the two can count."));
            }
        }
    }

    private static string Shown(string key) => key.Length <= 60 ? key : key[..60] + "…";

    private static bool StandsBefore(YamlMapping mapping, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (string.Equals(mapping.Entries[i].Name, mapping.Entries[index].Name, StringComparison.Ordinal)
                && !mapping.Entries[i].IsUnfinished && mapping.Entries[i].Key is YamlScalar)
            {
                return true;
            }
        }
        return false;
    }
}
