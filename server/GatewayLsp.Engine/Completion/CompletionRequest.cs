using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>One question: the place, what the schema knows about it, and how text has to be shaped to fit in there.</summary>
internal sealed class CompletionRequest
{
    private readonly string _lead;
    private readonly int _hang;
    private readonly string _lineBreak;

    public CompletionRequest(Workspace workspace, SchemaCatalog catalog, DocumentSlot slot, int offset, CursorPlace place, CancellationToken cancel)
    {
        Workspace = workspace;
        Catalog = catalog;
        Place = place;
        Cancel = cancel;
        Scope = ScopeOf(place.Node);
        Style = DocumentStyle.Of(place.Marked);
        IsJson = WantsJson(place, slot.Document);
        ManifestDocument document = slot.Document;
        int line = document.Lines.LineOf(offset);
        int quotes = place.Kind != PlaceKind.Value && place.Line.Quote != '\0' ? 1 : 0;
        int start = place.Column is null ? place.Line.WordStart - quotes : 0;
        int end = place.Line.WordEnd + (quotes == 1 && place.Line.IsQuoteClosed ? 1 : 0);
        Range = slot.ToFile(new LineRange(new LinePosition(line, start), new LinePosition(line, end)));
        Typed = document.Lines.Line(line)[Math.Min(start, end)..end].ToString();
        int typed = offset - document.Lines.LineStart(line) - start;
        Prefix = Typed[..Math.Clamp(typed, 0, Typed.Length)].Trim();
        int blank = place.Line.NeedsBlank ? 1 : 0;
        _lead = new string(' ', (place.Column ?? 0) + blank);
        // Clients indent the lines that follow by the blanks in front of what they replace; the rest is up to us.
        int column = place.Column ?? place.Line.WordStart - quotes + blank;
        _hang = column - (place.Column is null ? place.Line.Indent : 0);
        _lineBreak = document.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    public Workspace Workspace { get; }
    public CursorPlace Place { get; }
    public ObjectScope Scope { get; }
    public DocumentStyle Style { get; }
    public CancellationToken Cancel { get; }

    /// <summary>What every offer replaces, in the file.</summary>
    public LineRange Range { get; }

    /// <summary>What stands there now.</summary>
    public string Typed { get; }

    /// <summary>The part of it in front of the cursor.</summary>
    public string Prefix { get; }

    /// <summary>More fits than is offered: the list has to be asked for again as the prefix grows.</summary>
    public bool IsTruncated { get; set; }

    /// <summary>What is put in starts a line of its own below the key of the value at the cursor, that many blanks deeper than it.</summary>
    public int? Below { get; set; }

    /// <summary>The document as the workspace has it, and the cursor in it. The place may be of a part of it.</summary>
    public required (ManifestDocument Document, int Offset) Origin { get; init; }

    public ManifestDocument Document => Origin.Document;

    public int Offset => Origin.Offset;

    public Channel Channel => Workspace.Settings.Channel;

    /// <summary>In braces with keys in double quotes: what is put in has them, too.</summary>
    public bool IsJson { get; }

    /// <summary>The kinds as the cluster of the document has them.</summary>
    public SchemaCatalog Catalog { get; }

    public ObjectScope ScopeOf(YamlNode node) => ObjectScope.Of(node, Catalog, Workspace.Settings.Channel);

    /// <summary>Lines written at column 0 as they have to be put in at the cursor.</summary>
    public string Shape(string text) =>
        Below is { } step ? ShapeBehindValue("\n" + DocumentStyle.Indent(text, step)) : _lead + Hang(KnownNames.In(text, this), _hang);

    /// <summary>The same behind a value: lines that follow stand at the column of the value's key.</summary>
    public string ShapeBehindValue(string text) => Hang(KnownNames.In(text, this), Place.Line.KeyStart - Place.Line.Indent);

    /// <summary>Puts a line in above that of the cursor, at the column of the key there.</summary>
    public TextEdit LineAbove(string text)
    {
        var start = new LinePosition(Range.Start.Line, 0);
        return new TextEdit(LineRange.At(start), new string(' ', Place.Line.KeyStart) + text + _lineBreak);
    }

    /// <summary>Puts text in behind the quote that closes the value at the cursor; lines of it stand at the column of the value's key.</summary>
    public TextEdit BehindQuote(string text)
    {
        var end = new LinePosition(Range.End.Line, Range.End.Character + 1);
        return new TextEdit(LineRange.At(end), Hang(text, Place.Line.KeyStart));
    }

    /// <summary>What an editor has to compare typing with: leading quotes are part of what is replaced.</summary>
    public string? FilterFor(string label) => Place.Kind != PlaceKind.Value && Place.Line.Quote != '\0' ? Place.Line.Quote + label : null;

    /// <summary>A document that begins with a brace is JSON to Kubernetes' clients; elsewhere it goes by what stands there.</summary>
    private static bool WantsJson(CursorPlace place, ManifestDocument document)
    {
        if (!place.IsFlow)
        {
            return false;
        }
        if (document.Text.AsSpan().TrimStart().StartsWith("{") || (place.Kind == PlaceKind.Key && place.Line.Quote == '"'))
        {
            return true;
        }
        YamlMapping? mapping = place.Node as YamlMapping ?? place.Entry?.Mapping;
        foreach (YamlEntry entry in mapping?.Entries ?? [])
        {
            if ((place.Kind == PlaceKind.Value || !ReferenceEquals(entry, place.Entry)) && entry.Key is YamlScalar key)
            {
                return key.Style == ScalarStyle.DoubleQuoted;
            }
        }
        return false;
    }

    private string Hang(string text, int by) =>
        text.Contains('\n') ? text.Replace("\n", _lineBreak + new string(' ', Math.Max(0, by)), StringComparison.Ordinal) : text;
}
