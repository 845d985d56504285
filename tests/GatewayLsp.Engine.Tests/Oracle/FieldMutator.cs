using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Manifests with one or two faults below <c>spec</c>, always the same ones for a seed.</summary>
internal sealed class FieldMutator(int seed)
{
    private static readonly string[] Values =
        ["0", "80", "\"80\"", "true", "'true'", "1.5", "-1", "65536", "99999999999", "null", "[]", "{}", "\"\"", "Exact", "HTTP", "a b", "Store_1", "[x, y]", "{x: y}", "'*.Example.com'", "'*'", "/a//b", "10s", "1h1x", "10.0.0.1"];

    private readonly Random _random = new(seed);

    /// <summary>The text of one document after the faults; it may still be sound, and it may be no YAML any more.</summary>
    public string Mutate(string text)
    {
        int faults = _random.Next(1, 3);
        for (int i = 0; i < faults; i++)
        {
            text = Once(text);
        }
        return text;
    }

    private string Once(string text)
    {
        ManifestDocument document = ManifestFile.Parse("m.yaml", text).Documents[^1].Document;
        YamlNode? spec = (document.Root?.Resolved() as YamlMapping)?.Find("spec")?.Value;
        YamlEntry[] entries = [.. spec?.DescendantsAndSelf().OfType<YamlMapping>().SelectMany(mapping => mapping.Entries) ?? []];
        if (entries.Length == 0)
        {
            return text;
        }
        YamlEntry entry = entries[_random.Next(entries.Length)];
        YamlEntry[] scalars = [.. entries.Where(e => e.Value is YamlScalar { IsMissing: false })];
        YamlEntry scalar = scalars.Length == 0 ? entry : scalars[_random.Next(scalars.Length)];
        switch (_random.Next(8))
        {
            case 0 or 1:
                return Replace(text, scalar.Value.Span, Values[_random.Next(Values.Length)]);
            case 2:
                return Replace(text, entry.Key.Span, entry.Name.Length > 3 ? entry.Name.Remove(_random.Next(entry.Name.Length), 1) : entry.Name + "s");
            case 3 or 4:
                return IsOnLinesOfItsOwn(document, entry) ? Replace(text, Lines(document, entry), "") : text;
            case 5:
                return Replace(text, scalar.Value.Span, scalar.Value.Text() is { } word ? "\"" + word.ToUpperInvariant() + "\"" : "x");
            case 6:
                return Replace(text, scalar.Value.Span, "\"" + new string('a', 1 << _random.Next(5, 13)) + "\"");
            default:
                YamlEntry other = scalars.Length == 0 ? entry : scalars[_random.Next(scalars.Length)];
                return Replace(text, scalar.Value.Span, text.Substring(other.Value.Span.Start, other.Value.Span.Length));
        }
    }

    private static bool IsOnLinesOfItsOwn(ManifestDocument document, YamlEntry entry)
    {
        int start = document.Lines.LineStart(document.Lines.LineOf(entry.Key.Span.Start));
        return string.IsNullOrWhiteSpace(document.Text[start..entry.Key.Span.Start]) && !document.Text[entry.Key.Span.Start..entry.Value.Span.End].Contains('&', StringComparison.Ordinal);
    }

    private static TextSpan Lines(ManifestDocument document, YamlEntry entry)
    {
        int last = Math.Max(entry.Key.Span.End, entry.Value.Span.End - 1);
        return TextSpan.FromBounds(document.Lines.LineStart(document.Lines.LineOf(entry.Key.Span.Start)), Math.Min(document.Text.Length, document.Lines.LineStart(document.Lines.LineOf(last) + 1)));
    }

    private static string Replace(string text, TextSpan span, string by) => string.Concat(text.AsSpan(0, span.Start), by, text.AsSpan(span.End));
}
