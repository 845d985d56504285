using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>A text where a list or an object belongs, written so that it can be told what is meant.</summary>
internal static partial class ItemText
{
    private const int MaxPort = 65535;

    [GeneratedRegex(@"^(?<name>[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?)(?::(?<port>[1-9][0-9]{0,4}))?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameAndPort { get; }

    public static Fix? Fix(YamlNode node, SchemaNode schema, ManifestDocument document)
    {
        if (document.IsTemplate || node.Properties is not null)
        {
            return null;
        }
        bool isList = schema.Types == SchemaTypes.Array;
        SchemaNode? item = isList ? schema.Items : schema.Types == SchemaTypes.Object ? schema : null;
        if (item is null)
        {
            return null;
        }
        return node switch
        {
            YamlMapping { IsFlow: false, Entries.Length: > 0 } mapping when isList => Dashes(mapping, item, document),
            YamlScalar { Style: ScalarStyle.Plain, IsMissing: false, IsOpaque: false } scalar =>
                (isList ? Dashes(scalar, document) : null) ?? (item.Properties.Length == 0 ? null : (isList ? null : Colon(scalar, item, document)) ?? Reference(scalar, item, isList, document)),
            _ => null,
        };
    }

    /// <summary><c>-name: a</c>: the dash is taken for a part of the key.</summary>
    private static Fix? Dashes(YamlMapping mapping, SchemaNode item, ManifestDocument document) =>
        MissingDash.IsGlued(mapping.Entries[0]) && mapping.Entries.All(entry => MissingDash.IsOfItem(entry, item, null, document))
            ? MissingDash.Fix(mapping.Entries, document)
            : null;

    /// <summary>Lines that all start with a dash and no space, which make one text.</summary>
    private static Fix? Dashes(YamlScalar scalar, ManifestDocument document)
    {
        if (!scalar.Value.StartsWith('-') || scalar.Entry is not { } entry || document.Lines.LineOf(entry.Key.Span.End) == document.Lines.LineOf(scalar.Span.Start))
        {
            return null;
        }
        ImmutableArray<SpanEdit>.Builder edits = ImmutableArray.CreateBuilder<SpanEdit>();
        int column = document.Lines.PositionOf(scalar.Span.Start).Character;
        for (int line = document.Lines.LineOf(scalar.Span.Start); line <= document.Lines.LineOf(scalar.Span.End); line++)
        {
            ReadOnlySpan<char> content = document.Lines.Line(line).TrimEnd();
            if (content.Length < column + 2 || !content[..column].Trim(' ').IsEmpty || content[column] != '-' || !IsStartOfText(content[(column + 1)..].TrimStart(' ')[0]))
            {
                return null;
            }
            if (content[column + 1] != ' ')
            {
                edits.Add(new SpanEdit(new TextSpan(document.Lines.LineStart(line) + column + 1, 0), " "));
            }
        }
        return new Fix(edits.Count == 1 ? "Add a space" : "Add the spaces", edits.DrainToImmutable());
    }

    /// <summary>Others have a meaning in YAML at the start of a text, which they don't have behind a dash.</summary>
    private static bool IsStartOfText(char first) => char.IsLetterOrDigit(first) || first is '.' or '/' or '_';

    /// <summary><c>name a</c>, where the object has a field of that name.</summary>
    private static Fix? Colon(YamlScalar scalar, SchemaNode item, ManifestDocument document)
    {
        int space = scalar.Value.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && item.Find(scalar.Value[..space]) is not null && document.Text.AsSpan(scalar.Span.Start, scalar.Span.Length).SequenceEqual(scalar.Value)
            && !scalar.Value.Contains(':', StringComparison.Ordinal) && scalar.Parent is YamlSequence { IsFlow: false } or YamlMapping { IsFlow: false }
            && document.Lines.Line(document.Lines.LineOf(scalar.Span.Start)).TrimEnd().EndsWith(scalar.Value)
            && (scalar.Entry is not { } entry || document.Lines.LineOf(entry.Key.Span.End) != document.Lines.LineOf(scalar.Span.Start))
            ? new Fix("Add `:`", new TextSpan(scalar.Span.Start + space, 0), ":")
            : null;
    }

    /// <summary><c>store:80</c>, or only the name where nothing else is needed.</summary>
    private static Fix? Reference(YamlScalar scalar, SchemaNode item, bool isList, ManifestDocument document)
    {
        Match match = NameAndPort.Match(scalar.Value);
        if (!match.Success || item.Find("name")?.Schema.Allows(SchemaTypes.String) != true)
        {
            return null;
        }
        string name = match.Groups["name"].Value;
        Group port = match.Groups["port"];
        var members = new List<KeyValuePair<string, JsonValue>> { new("name", JsonValue.Of(name)) };
        if (port.Success)
        {
            if (item.Find("port")?.Schema.Allows(SchemaTypes.Integer) != true || int.Parse(port.Value, CultureInfo.InvariantCulture) > MaxPort)
            {
                return null;
            }
            members.Add(new("port", JsonValue.Of(long.Parse(port.Value, CultureInfo.InvariantCulture))));
        }
        // What has a weight is a backend, which needs its port.
        else if (item.Find("weight") is not null || ScalarResolver.KindOf(scalar) != ScalarKind.String)
        {
            return null;
        }
        if (item.Required.Any(field => item.Find(field)?.Schema.Default is null && !members.Exists(member => member.Key == field)))
        {
            return null;
        }
        JsonValue value = JsonValue.OfMembers([.. members]);
        string text = YamlText.Flow(isList ? JsonValue.Of([value]) : value);
        return new Fix(port.Success ? "Write it as `name` and `port`" : "Write it as `name`", scalar.Span, text, isPreferred: port.Success);
    }
}
