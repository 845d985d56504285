using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

internal enum TokenKind : byte { Scalar, Alias, Property, Comment, Marker, Dash, Colon, Comma, Open, Close }

/// <summary>The smallest thing that formatting moves. <c>Scalar</c> is set for scalars only.</summary>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, YamlScalar? Scalar = null);

/// <summary>Cuts a document into tokens: the leaves of its tree, its comments, and the indicators between them.</summary>
internal static class Tokens
{
    /// <summary>In order; null when something is there that we don't lay out (<c>? key</c>, characters that belong to nothing).</summary>
    public static List<Token>? Of(ManifestDocument document)
    {
        string text = document.Text;
        var tokens = new List<Token>();
        int at = text.StartsWith('\uFEFF') ? 1 : 0;
        foreach (Token leaf in Leaves(document))
        {
            if (leaf.Span.Start < at || !AddIndicators(tokens, text, at, leaf.Span.Start))
            {
                return null;
            }
            tokens.Add(leaf);
            at = leaf.Span.End;
        }
        return AddIndicators(tokens, text, at, text.Length) ? tokens : null;
    }

    private static List<Token> Leaves(ManifestDocument document)
    {
        var leaves = new List<Token>();
        var blocks = new List<TextSpan>();
        if (document.Root is { } root)
        {
            foreach (YamlNode node in root.DescendantsAndSelf())
            {
                if (node.Properties is { } properties)
                {
                    AddProperty(leaves, properties.AnchorSpan);
                    AddProperty(leaves, properties.TagSpan);
                }
                if (node is YamlScalar { IsMissing: false } scalar)
                {
                    leaves.Add(new Token(TokenKind.Scalar, scalar.Span, scalar));
                    if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
                    {
                        blocks.Add(scalar.Span);
                    }
                }
                else if (node is YamlAlias)
                {
                    leaves.Add(new Token(TokenKind.Alias, node.Span));
                }
            }
        }
        AddComments(leaves, document.Comments, blocks);
        leaves.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return leaves;
    }

    private static void AddProperty(List<Token> leaves, TextSpan span)
    {
        if (!span.IsEmpty)
        {
            leaves.Add(new Token(TokenKind.Property, span));
        }
    }

    /// <summary>A comment behind a block scalar's header is part of the scalar.</summary>
    private static void AddComments(List<Token> leaves, ImmutableArray<TextSpan> comments, List<TextSpan> blocks)
    {
        int next = 0;
        foreach (TextSpan comment in comments)
        {
            while (next < blocks.Count && blocks[next].End <= comment.Start)
            {
                next++;
            }
            if (next == blocks.Count || comment.Start < blocks[next].Start)
            {
                leaves.Add(new Token(TokenKind.Comment, comment));
            }
        }
    }

    private static bool AddIndicators(List<Token> tokens, string text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            char c = text[i];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                continue;
            }
            bool atLineStart = i == 0 || text[i - 1] is '\r' or '\n' or '\uFEFF';
            if (atLineStart && (IsAt(text, i, "---") || IsAt(text, i, "...")))
            {
                tokens.Add(new Token(TokenKind.Marker, new TextSpan(i, 3)));
                i += 2;
                continue;
            }
            if (atLineStart && c == '%')
            {
                int end = text.AsSpan(i).IndexOfAny('\r', '\n');
                tokens.Add(new Token(TokenKind.Marker, TextSpan.FromBounds(i, end < 0 ? text.Length : i + end)));
                i = tokens[^1].Span.End - 1;
                continue;
            }
            TokenKind? kind = c switch
            {
                '-' => TokenKind.Dash,
                ':' => TokenKind.Colon,
                ',' => TokenKind.Comma,
                '[' or '{' => TokenKind.Open,
                ']' or '}' => TokenKind.Close,
                _ => null,
            };
            if (kind is null)
            {
                return false;
            }
            tokens.Add(new Token(kind.Value, new TextSpan(i, 1)));
        }
        return true;
    }

    private static bool IsAt(string text, int at, string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}
