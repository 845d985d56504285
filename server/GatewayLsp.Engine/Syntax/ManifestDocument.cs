using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// One YAML document of a file: its own text (from its <c>---</c> line, if any, up to the next), tree and errors, all in
/// offsets relative to itself. It never changes and knows nothing of where it stands, so versions of a file share it.
/// </summary>
public sealed class ManifestDocument
{
    private readonly Lazy<Parsed> _parsed;
    private readonly Lazy<ImmutableArray<TextSpan>> _comments;

    public ManifestDocument(string text)
    {
        Text = text;
        Lines = new LineIndex(text);
        _parsed = new Lazy<Parsed>(Parse, LazyThreadSafetyMode.ExecutionAndPublication);
        _comments = new Lazy<ImmutableArray<TextSpan>>(() => CommentFinder.Find(this), LazyThreadSafetyMode.PublicationOnly);
    }

    public string Text { get; }

    public LineIndex Lines { get; }

    /// <summary>Null for an empty document (blanks and comments only) or one that could not be read at all.</summary>
    public YamlNode? Root => _parsed.Value.Root;

    /// <summary>True when the tree is there: asking for it costs nothing.</summary>
    internal bool IsRead => _parsed.IsValueCreated;

    public ImmutableArray<SyntaxError> Errors => _parsed.Value.Errors;

    /// <summary>True when template expressions stand outside of quoted text: fields may come and go, so nothing is called missing.</summary>
    public bool IsTemplate => _parsed.Value.IsTemplate;

    /// <summary>Comments from <c>#</c> to the end of their line, in order.</summary>
    public ImmutableArray<TextSpan> Comments => _comments.Value;

    /// <summary>Room for what the analysis computes once per document and keeps as long as the document lives.</summary>
    internal DocumentMemo Memo { get; } = new();

    public LineRange RangeOf(TextSpan span) => new(Lines.PositionOf(span.Start), Lines.PositionOf(span.End));

    /// <summary>True when a syntax error lies in the lines of the span: its content is not to be trusted.</summary>
    public bool IsDamaged(TextSpan span)
    {
        foreach (SyntaxError error in Errors)
        {
            if (error.Code != "duplicate-key" && error.Span.Start <= span.End && error.Span.End >= span.Start)
            {
                return true;
            }
        }
        return false;
    }

    private Parsed Parse()
    {
        YamlParseResult result = YamlParser.Parse(BodyText());
        return new Parsed(result.Root, [.. result.Errors.OrderBy(e => e.Span.Start)], result.IsTemplate);
    }

    /// <summary>
    /// What the parser reads, same length as the text. A byte order mark and directive lines (<c>%YAML 1.2</c>, which the
    /// splitter leaves in front of the marker they belong to) say nothing that we need and would be errors here.
    /// </summary>
    private string BodyText()
    {
        string text = Text.StartsWith('\uFEFF') ? " " + Text[1..] : Text;
        for (int line = 0; line < Lines.LineCount; line++)
        {
            ReadOnlySpan<char> content = Lines.Line(line);
            if (content.StartsWith("%"))
            {
                text = string.Concat(text.AsSpan(0, Lines.LineStart(line)), new string(' ', content.Length), text.AsSpan(Lines.LineEnd(line)));
            }
            else if (!content.TrimStart('\uFEFF').IsWhiteSpace() && content.TrimStart()[0] != '#')
            {
                break;
            }
        }
        return text;
    }

    private sealed record Parsed(YamlNode? Root, ImmutableArray<SyntaxError> Errors, bool IsTemplate);
}
