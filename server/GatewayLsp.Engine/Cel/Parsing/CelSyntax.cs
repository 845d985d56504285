using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Parsing;

/// <summary>An expression as written.</summary>
internal abstract class CelSyntax
{
    protected CelSyntax(TextSpan span, params ReadOnlySpan<CelSyntax?> children)
    {
        Span = span;
        int height = 0;
        foreach (CelSyntax? child in children)
        {
            height = Math.Max(height, child?.Height ?? 0);
        }
        Height = height + 1;
    }

    public TextSpan Span { get; }

    /// <summary>Levels of the tree. Everything behind the parser descends this far, so the parser bounds it.</summary>
    public int Height { get; protected init; }

    protected static int HeightOf(int least, ReadOnlySpan<CelSyntax> more)
    {
        foreach (CelSyntax one in more)
        {
            least = Math.Max(least, one.Height + 1);
        }
        return least;
    }
}

internal sealed class LiteralSyntax(TextSpan span, CelValue value) : CelSyntax(span)
{
    public CelValue Value { get; } = value;
}

/// <param name="isGlobal">Written with a dot before it, so that it means no variable of a macro.</param>
internal sealed class NameSyntax(TextSpan span, string name, bool isGlobal) : CelSyntax(span)
{
    public string Name { get; } = name;

    public bool IsGlobal { get; } = isGlobal;
}

internal sealed class SelectSyntax(TextSpan span, CelSyntax operand, string field, TextSpan fieldSpan, bool isOptional) : CelSyntax(span, operand)
{
    public CelSyntax Operand { get; } = operand;

    public string Field { get; } = field;

    public TextSpan FieldSpan { get; } = fieldSpan;

    public bool IsOptional { get; } = isOptional;
}

/// <summary><c>has(a.b)</c>.</summary>
internal sealed class PresenceSyntax(TextSpan span, SelectSyntax select) : CelSyntax(span, select)
{
    public SelectSyntax Select { get; } = select;
}

internal sealed class IndexSyntax(TextSpan span, CelSyntax operand, CelSyntax index, bool isOptional) : CelSyntax(span, operand, index)
{
    public CelSyntax Operand { get; } = operand;

    public CelSyntax Index { get; } = index;

    public bool IsOptional { get; } = isOptional;
}

internal sealed class CallSyntax : CelSyntax
{
    public CallSyntax(TextSpan span, CelSyntax? target, string name, TextSpan nameSpan, CelSyntax[] arguments)
        : base(span, target)
    {
        Target = target;
        Name = name;
        NameSpan = nameSpan;
        Arguments = arguments;
        Height = HeightOf(Height, arguments);
    }

    public CelSyntax? Target { get; }

    public string Name { get; }

    public TextSpan NameSpan { get; }

    public CelSyntax[] Arguments { get; }
}

/// <param name="symbol">As written; <c>-</c> or <c>!</c> when there is no right operand.</param>
internal sealed class OperatorSyntax(TextSpan span, string symbol, TextSpan symbolSpan, CelSyntax left, CelSyntax? right) : CelSyntax(span, left, right)
{
    public string Symbol { get; } = symbol;

    public TextSpan SymbolSpan { get; } = symbolSpan;

    public CelSyntax Left { get; } = left;

    public CelSyntax? Right { get; } = right;
}

/// <summary>A row of terms joined by <c>&amp;&amp;</c> or <c>||</c>.</summary>
internal sealed class LogicalSyntax : CelSyntax
{
    public LogicalSyntax(TextSpan span, bool isAnd, CelSyntax[] terms)
        : base(span)
    {
        IsAnd = isAnd;
        Terms = terms;
        Height = HeightOf(Height, terms);
    }

    public bool IsAnd { get; }

    public CelSyntax[] Terms { get; }
}

internal sealed class ConditionalSyntax(TextSpan span, CelSyntax condition, CelSyntax then, CelSyntax otherwise) : CelSyntax(span, condition, then, otherwise)
{
    public CelSyntax Condition { get; } = condition;

    public CelSyntax Then { get; } = then;

    public CelSyntax Otherwise { get; } = otherwise;
}

internal sealed class ListSyntax : CelSyntax
{
    public ListSyntax(TextSpan span, CelSyntax[] items, bool[] optional)
        : base(span)
    {
        Items = items;
        Optional = optional;
        Height = HeightOf(Height, items);
    }

    public CelSyntax[] Items { get; }

    /// <summary>Which items are left out when they are an absent optional.</summary>
    public bool[] Optional { get; }
}

internal sealed class MapSyntax : CelSyntax
{
    public MapSyntax(TextSpan span, CelSyntax[] keys, CelSyntax[] values, bool[] optional)
        : base(span)
    {
        Keys = keys;
        Values = values;
        Optional = optional;
        Height = HeightOf(HeightOf(Height, keys), values);
    }

    public CelSyntax[] Keys { get; }

    public CelSyntax[] Values { get; }

    public bool[] Optional { get; }
}

internal enum MacroKind : byte
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformList,
    TransformMap,
    TransformMapEntry,
    SortBy,
    OptMap,
    OptFlatMap,
}

/// <summary>A macro with its own variables: a comprehension, or the body of an optional.</summary>
internal sealed class MacroSyntax(
    TextSpan span, MacroKind kind, TextSpan nameSpan, CelSyntax target, string first, string? second, CelSyntax? filter, CelSyntax body)
    : CelSyntax(span, target, filter, body)
{
    public MacroKind Kind { get; } = kind;

    public TextSpan NameSpan { get; } = nameSpan;

    public CelSyntax Target { get; } = target;

    /// <summary>The element; with a second variable the index or key.</summary>
    public string First { get; } = first;

    public string? Second { get; } = second;

    public CelSyntax? Filter { get; } = filter;

    public CelSyntax Body { get; } = body;
}
