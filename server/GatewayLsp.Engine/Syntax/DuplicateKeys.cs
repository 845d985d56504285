using System.Globalization;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Finds keys that stand twice in a mapping; the API server's strict decoding refuses them.</summary>
internal sealed class DuplicateKeys(PatchedText text)
{
    /// <summary>Findings in one document; a file that has more is broken in one place, or made by a machine.</summary>
    private const int MaxFindings = 50;

    private const int SmallMapping = 12;

    private int _found;

    public void Report(YamlMapping mapping, List<SyntaxError> errors, bool isRoot)
    {
        if (mapping.Entries.Length < 2)
        {
            return;
        }
        if (isRoot && ForgottenSeparators.Of(mapping) is { Count: > 0 } starts)
        {
            errors.AddRange(starts.Take(MaxFindings).Select(start => ForgottenSeparators.Error(start, text)));
            return;
        }
        Dictionary<string, YamlEntry>? seen = mapping.Entries.Length > SmallMapping ? new(StringComparer.Ordinal) : null;
        for (int i = 0; i < mapping.Entries.Length; i++)
        {
            YamlEntry entry = mapping.Entries[i];
            if (entry.Key is not YamlScalar { IsOpaque: false } || entry.IsMerge || entry.IsUnfinished)
            {
                continue;
            }
            YamlEntry? first = null;
            if (seen is null)
            {
                first = Before(mapping, i);
            }
            else if (!seen.TryAdd(entry.Name, entry))
            {
                first = seen[entry.Name];
            }
            if (first is not null && ++_found <= MaxFindings)
            {
                errors.Add(new SyntaxError("duplicate-key", entry.Key.Span,
                    $"`{Shown(entry.Name)}` is already set {Where(first.Key.Span, entry.Key.Span)} in the same mapping; only one of the two can count.")
                {
                    First = first.Key.Span,
                });
            }
        }
    }

    /// <summary>Once all are found: the last message says what is left out.</summary>
    public void Close(List<SyntaxError> errors)
    {
        int last = _found > MaxFindings ? LastInText(errors) : -1;
        if (last >= 0)
        {
            string more = (_found - MaxFindings).ToString(CultureInfo.InvariantCulture);
            errors[last] = errors[last] with { Message = $"{errors[last].Message} {more} more of this document are not listed." };
        }
    }

    private static int LastInText(List<SyntaxError> errors)
    {
        int last = -1;
        for (int i = 0; i < errors.Count; i++)
        {
            if (errors[i].Code == "duplicate-key" && (last < 0 || errors[i].Span.Start > errors[last].Span.Start))
            {
                last = i;
            }
        }
        return last;
    }

    /// <summary>Counted from the second one: a document does not know its place in the file, and edits above move both.</summary>
    private string Where(TextSpan first, TextSpan second)
    {
        int lines = text.OriginalLinesBetween(first.Start, second.Start);
        return lines switch
        {
            0 => "on this line",
            1 => "on the line above",
            _ => string.Create(CultureInfo.InvariantCulture, $"{lines} lines above"),
        };
    }

    private static string Shown(string key) => key.Length <= 60 ? key : key[..60] + "…";

    private static YamlEntry? Before(YamlMapping mapping, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (string.Equals(mapping.Entries[i].Name, mapping.Entries[index].Name, StringComparison.Ordinal)
                && !mapping.Entries[i].IsUnfinished && mapping.Entries[i].Key is YamlScalar)
            {
                return mapping.Entries[i];
            }
        }
        return null;
    }
}
