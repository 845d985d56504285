using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

/// <summary>
/// Reads an expression by the grammar of the language definition, by descent. Throws <see cref="CelSyntaxException"/> at
/// the first error: what follows one is seldom worth a word.
/// </summary>
internal sealed class CelParser
{
    /// <summary>In UTF-16 code units; the API server's limit is as many code points.</summary>
    public const int MaxLength = 100_000;

    /// <summary>Brackets, calls and conditionals inside each other, as in the API server.</summary>
    private const int MaxNesting = 250;

    /// <summary>Levels of the tree, which a long row of <c>+</c> or <c>.</c> builds without any nesting.</summary>
    private const int MaxHeight = 700;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    };

    private readonly CelLexer _lexer;
    private CelToken _token;
    private int _nesting;

    private CelParser(string source)
    {
        _lexer = new CelLexer(source);
        _token = _lexer.Next();
    }

    public static CelSyntax Parse(string source)
    {
        if (source.Length > MaxLength)
        {
            throw new CelSyntaxException($"the expression is longer than {MaxLength} characters", new TextSpan(0, source.Length));
        }
        var parser = new CelParser(source);
        if (parser._token.Kind == CelTokenKind.End)
        {
            throw new CelSyntaxException("the expression is empty", new TextSpan(0, source.Length));
        }
        CelSyntax syntax = parser.Expression();
        CelToken rest = parser._token;
        return rest.Kind switch
        {
            CelTokenKind.End => syntax,
            CelTokenKind.CloseParen or CelTokenKind.CloseBracket or CelTokenKind.CloseBrace
                => throw new CelSyntaxException($"`{rest.Text}` closes nothing", rest.Span),
            _ => throw new CelSyntaxException($"{Shown(rest)} can't follow here; an operator is missing before it", rest.Span),
        };
    }

    private CelSyntax Expression()
    {
        if (++_nesting > MaxNesting)
        {
            throw new CelSyntaxException($"the expression is nested deeper than {MaxNesting} levels", _token.Span);
        }
        CelSyntax condition = Logical(isAnd: false);
        if (_token.Kind == CelTokenKind.Question)
        {
            Advance();
            CelSyntax then = Logical(isAnd: false);
            Expect(CelTokenKind.Colon, "`:` is missing: a condition reads `test ? one : other`");
            CelSyntax otherwise = Expression();
            condition = Grown(new ConditionalSyntax(Over(condition, otherwise), condition, then, otherwise));
        }
        _nesting--;
        return condition;
    }

    private CelSyntax Logical(bool isAnd)
    {
        CelSyntax first = isAnd ? Binary(0) : Logical(isAnd: true);
        string symbol = isAnd ? "&&" : "||";
        if (!IsOperator(symbol))
        {
            return first;
        }
        var terms = new List<CelSyntax> { first };
        while (IsOperator(symbol))
        {
            Advance();
            terms.Add(isAnd ? Binary(0) : Logical(isAnd: true));
        }
        return Grown(new LogicalSyntax(Over(first, terms[^1]), isAnd, [.. terms]));
    }

    /// <summary>Comparisons, sums and products by the strength of their operators; all lean to the left.</summary>
    private CelSyntax Binary(int least)
    {
        CelSyntax left = Unary();
        while (true)
        {
            CelToken symbol = _token;
            int strength = StrengthOf(symbol);
            if (strength < 0 || strength < least)
            {
                return left;
            }
            Advance();
            CelSyntax right = Binary(strength + 1);
            left = Grown(new OperatorSyntax(Over(left, right), symbol.Text, symbol.Span, left, right));
        }
    }

    private static int StrengthOf(CelToken token) => token.Kind switch
    {
        CelTokenKind.Minus => 1,
        CelTokenKind.Operator => token.Text switch
        {
            "<" or "<=" or ">" or ">=" or "==" or "!=" or "in" => 0,
            "+" => 1,
            "*" or "/" or "%" => 2,
            _ => -1,
        },
        _ => -1,
    };

    private CelSyntax Unary()
    {
        CelToken first = _token;
        if (first.Kind is not (CelTokenKind.Not or CelTokenKind.Minus))
        {
            return Member();
        }
        int count = 0;
        CelToken last = first;
        while (_token.Kind == first.Kind)
        {
            last = _token;
            count++;
            Advance();
        }
        CelSyntax operand;
        if (first.Kind == CelTokenKind.Minus && _token.Value is CelInt or CelDouble or CelUint { Value: 1UL << 63 })
        {
            // The last minus belongs to the number: the smallest int has no positive counterpart.
            count--;
            operand = Postfix(NegativeNumber(last));
        }
        else
        {
            operand = _token.Kind is CelTokenKind.Not or CelTokenKind.Minus ? throw Unexpected() : Member();
        }
        return count % 2 == 0 ? operand : Grown(new OperatorSyntax(TextSpan.FromBounds(first.Span.Start, operand.Span.End), first.Text, first.Span, operand, null));
    }

    private LiteralSyntax NegativeNumber(CelToken minus)
    {
        CelToken number = _token;
        CelValue value = number.Value switch
        {
            CelInt { Value: var whole } => CelInt.Of(-whole),
            CelDouble { Value: var real } => new CelDouble(-real),
            _ => _lexer.EndsWithUnsigned(number.Span) ? throw new CelSyntaxException("a uint can't be negative", number.Span) : CelInt.Of(long.MinValue),
        };
        Advance();
        return new LiteralSyntax(TextSpan.FromBounds(minus.Span.Start, number.Span.End), value);
    }

    private CelSyntax Member() => Postfix(Primary());

    private CelSyntax Postfix(CelSyntax operand)
    {
        while (true)
        {
            switch (_token.Kind)
            {
                case CelTokenKind.Dot:
                    operand = Grown(Selected(operand));
                    break;
                case CelTokenKind.OpenBracket:
                    CelToken open = Advance();
                    bool isOptional = TryTake(CelTokenKind.Question);
                    CelSyntax index = Expression();
                    CelToken close = Close(CelTokenKind.CloseBracket, open);
                    operand = Grown(new IndexSyntax(TextSpan.FromBounds(operand.Span.Start, close.Span.End), operand, index, isOptional));
                    break;
                case CelTokenKind.OpenBrace when operand is NameSyntax or SelectSyntax:
                    throw new CelSyntaxException("objects of a named type can't be made in a validation rule", operand.Span);
                default:
                    return operand;
            }
        }
    }

    private CelSyntax Selected(CelSyntax operand)
    {
        Advance();
        bool isOptional = TryTake(CelTokenKind.Question);
        CelToken name = _token;
        if (name.Kind != CelTokenKind.Identifier)
        {
            throw name.Text is "in" or "true" or "false" or "null"
                ? new CelSyntaxException($"`{name.Text}` is a word of the language; the field is written `__{name.Text}__`", name.Span)
                : new CelSyntaxException($"a field name is missing after the dot, found {Shown(name)}", name.Span);
        }
        Advance();
        if (_token.Kind == CelTokenKind.OpenParen && !isOptional)
        {
            (CelSyntax[] arguments, TextSpan end) = Arguments();
            return CelMacros.Expand(TextSpan.FromBounds(operand.Span.Start, end.End), operand, name, arguments);
        }
        return new SelectSyntax(TextSpan.FromBounds(operand.Span.Start, name.Span.End), operand, name.Text, name.Span, isOptional);
    }

    private (CelSyntax[] Arguments, TextSpan End) Arguments()
    {
        CelToken open = Advance();
        if (_token.Kind == CelTokenKind.CloseParen)
        {
            return ([], Advance().Span);
        }
        var arguments = new List<CelSyntax>();
        do
        {
            if (_token.Kind == CelTokenKind.CloseParen)
            {
                throw new CelSyntaxException("an argument is missing after the comma", _token.Span);
            }
            arguments.Add(Expression());
        }
        while (TryTake(CelTokenKind.Comma));
        return ([.. arguments], Close(CelTokenKind.CloseParen, open).Span);
    }

    private CelSyntax Primary()
    {
        CelToken token = _token;
        switch (token.Kind)
        {
            case CelTokenKind.Literal:
                Advance();
                return token.Value is CelUint { Value: 1UL << 63 } && !_lexer.EndsWithUnsigned(token.Span)
                    ? throw new CelSyntaxException("the number does not fit an int", token.Span)
                    : new LiteralSyntax(token.Span, token.Value!);
            case CelTokenKind.OpenParen:
                Advance();
                CelSyntax inner = Expression();
                Close(CelTokenKind.CloseParen, token);
                return inner;
            case CelTokenKind.OpenBracket:
                return ListLiteral();
            case CelTokenKind.OpenBrace:
                return MapLiteral();
            case CelTokenKind.Dot:
                Advance();
                return _token.Kind == CelTokenKind.Identifier ? Name(token.Span.Start, isGlobal: true) : throw Unexpected();
            case CelTokenKind.Identifier:
                return Name(token.Span.Start, isGlobal: false);
            default:
                throw Unexpected();
        }
    }

    private CelSyntax Name(int start, bool isGlobal)
    {
        CelToken name = Advance();
        if (Reserved.Contains(name.Text))
        {
            throw new CelSyntaxException($"`{name.Text}` is a reserved word and can't name anything", name.Span);
        }
        if (_token.Kind != CelTokenKind.OpenParen)
        {
            return new NameSyntax(TextSpan.FromBounds(start, name.Span.End), name.Text, isGlobal);
        }
        (CelSyntax[] arguments, TextSpan end) = Arguments();
        TextSpan span = TextSpan.FromBounds(start, end.End);
        return Grown(isGlobal ? new CallSyntax(span, null, name.Text, name.Span, arguments) : CelMacros.Expand(span, null, name, arguments));
    }

    private CelSyntax ListLiteral()
    {
        CelToken open = Advance();
        var items = new List<CelSyntax>();
        var optional = new List<bool>();
        while (_token.Kind != CelTokenKind.CloseBracket)
        {
            optional.Add(TryTake(CelTokenKind.Question));
            items.Add(Expression());
            if (!TryTake(CelTokenKind.Comma))
            {
                break;
            }
        }
        CelToken close = Close(CelTokenKind.CloseBracket, open);
        return Grown(new ListSyntax(TextSpan.FromBounds(open.Span.Start, close.Span.End), [.. items], [.. optional]));
    }

    private CelSyntax MapLiteral()
    {
        CelToken open = Advance();
        var keys = new List<CelSyntax>();
        var values = new List<CelSyntax>();
        var optional = new List<bool>();
        while (_token.Kind != CelTokenKind.CloseBrace)
        {
            optional.Add(TryTake(CelTokenKind.Question));
            keys.Add(Expression());
            Expect(CelTokenKind.Colon, "`:` is missing after the key");
            values.Add(Expression());
            if (!TryTake(CelTokenKind.Comma))
            {
                break;
            }
        }
        CelToken close = Close(CelTokenKind.CloseBrace, open);
        return Grown(new MapSyntax(TextSpan.FromBounds(open.Span.Start, close.Span.End), [.. keys], [.. values], [.. optional]));
    }

    private CelToken Advance()
    {
        CelToken taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool TryTake(CelTokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }
        Advance();
        return true;
    }

    private void Expect(CelTokenKind kind, string otherwise)
    {
        if (!TryTake(kind))
        {
            throw new CelSyntaxException(otherwise, _token.Span);
        }
    }

    private CelToken Close(CelTokenKind kind, CelToken open)
    {
        if (_token.Kind == kind)
        {
            return Advance();
        }
        throw _token.Kind == CelTokenKind.End
            ? new CelSyntaxException($"`{open.Text}` is never closed", open.Span)
            : new CelSyntaxException($"{Shown(_token)} can't stand here; `{open.Text}` is still open", _token.Span);
    }

    private bool IsOperator(string symbol) => _token.Kind == CelTokenKind.Operator && _token.Text == symbol;

    private CelSyntaxException Unexpected() => new(
        _token.Kind == CelTokenKind.End ? "the expression ends too early" : $"a value is missing here, found {Shown(_token)}", _token.Span);

    private static string Shown(CelToken token) => token.Kind switch
    {
        CelTokenKind.End => "the end",
        CelTokenKind.Literal when token.Text.Length == 0 => token.Value is CelString or CelBytes ? "a text" : "a number",
        _ => $"`{token.Text}`",
    };

    private static TextSpan Over(CelSyntax first, CelSyntax last) => TextSpan.FromBounds(first.Span.Start, last.Span.End);

    private static CelSyntax Grown(CelSyntax syntax) => syntax.Height <= MaxHeight
        ? syntax
        : throw new CelSyntaxException($"the expression builds up more than {MaxHeight} levels", syntax.Span);
}
