using System.Buffers;
using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// One YAML document of a file: its own text (from its <c>---</c> line, if any, up to the next), tree and errors, all in
/// offsets relative to itself. It never changes and knows nothing of where it stands, so versions of a file share it.
/// </summary>
public sealed class ManifestDocument
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \n\r");

    private readonly Lock _gate = new();
    private Parsed? _parsed;
    private object? _comments;
    private DocumentMemo? _memo;

    public ManifestDocument(string text)
    {
        Text = text;
        Lines = new LineIndex(text);
    }

    public string Text { get; }

    public LineIndex Lines { get; }

    /// <summary>True for an object as a kustomization built it: instructions for a merge that are still in it are fields like others.</summary>
    internal bool IsBuilt { get; init; }

    /// <summary>Null for an empty document (blanks and comments only) or one that could not be read at all.</summary>
    public YamlNode? Root => Read().Root;

    /// <summary>True when the tree is there: asking for it costs nothing.</summary>
    internal bool IsRead => Volatile.Read(ref _parsed) is not null;

    public ImmutableArray<SyntaxError> Errors => Read().Errors;

    /// <summary>True when template expressions stand outside of quoted text: fields may come and go, so nothing is called missing.</summary>
    public bool IsTemplate => Read().IsTemplate;

    /// <summary>True for a template whose tree is a guess, since it has errors that its expressions may explain: no edit is safe.</summary>
    internal bool IsGuessed => Read().IsGuessed;

    /// <summary>Comments from <c>#</c> to the end of their line, in order.</summary>
    public ImmutableArray<TextSpan> Comments => (ImmutableArray<TextSpan>)(_comments ??= CommentFinder.Find(this));

    /// <summary>Room for what the analysis computes once per document and keeps as long as the document lives.</summary>
    internal DocumentMemo Memo => _memo ?? Interlocked.CompareExchange(ref _memo, new DocumentMemo(), null) ?? _memo!;

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

    /// <summary>True when a line within the span was moved or left out on a guess: fields there may belong to something else.</summary>
    internal bool HoldsGuess(TextSpan span)
    {
        foreach (SyntaxError error in Errors)
        {
            if (error.IsGuess && error.Span.Start >= span.Start && error.Span.Start <= span.End)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Parses once, whoever asks first. A file of many small documents is made fast by what they do not allocate.</summary>
    private Parsed Read()
    {
        if (Volatile.Read(ref _parsed) is { } parsed)
        {
            return parsed;
        }
        lock (_gate)
        {
            return _parsed ??= Parse();
        }
    }

    private Parsed Parse()
    {
        if (IsBlank())
        {
            return new Parsed(null, [], IsTemplate: false, IsGuessed: false);
        }
        YamlParseResult result = YamlParser.Parse(BodyText(), BundledFieldPlaces.Instance);
        return new Parsed(result.Root, [.. result.Errors.OrderBy(e => e.Span.Start)], result.IsTemplate, result.IsGuessed);
    }

    /// <summary>True when nothing but a marker, blanks and line breaks is there: a file may have thousands of these, and a parser for each is dear.</summary>
    private bool IsBlank()
    {
        ReadOnlySpan<char> rest = Text.AsSpan();
        rest = rest.StartsWith("---") ? rest[3..] : rest;
        return rest.IndexOfAnyExcept(Blanks) < 0;
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

    private sealed record Parsed(YamlNode? Root, ImmutableArray<SyntaxError> Errors, bool IsTemplate, bool IsGuessed);
}
