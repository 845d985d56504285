using System.Collections.Immutable;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Parsing;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>A checked part of an expression.</summary>
internal readonly record struct Bound(CelType Type, CelNode Node);

/// <summary>
/// Checks the types of an expression and builds its program in one walk. After a problem the part counts as <c>dyn</c>, so
/// that one mistake is told once.
/// </summary>
internal sealed partial class Binder(CelEnvironment environment)
{
    private const int MaxProblems = 20;

    private static readonly Bound Broken = new(CelType.Dyn, new LiteralNode(CelNull.Instance));

    private readonly ImmutableArray<CelProblem>.Builder _problems = ImmutableArray.CreateBuilder<CelProblem>();
    private readonly List<(string Name, CelType Type, int Slot)> _variables = [];
    private readonly TypeUnifier _unifier = new();
    private bool _mayMix;
    private int _slots = CelProgram.FirstFreeSlot;
    private bool _usesOldSelf;

    public ImmutableArray<CelProblem> Problems => _problems.ToImmutable();

    public CelProgram? Bind(CelSyntax syntax)
    {
        Bound bound = Visit(syntax);
        return _problems.Count > 0 ? null : new CelProgram(bound.Node, environment, _unifier.Close(bound.Type), _usesOldSelf, _slots);
    }

    private Bound Visit(CelSyntax syntax) => syntax switch
    {
        LiteralSyntax literal => new Bound(TypeOf(literal.Value), new LiteralNode(literal.Value)),
        NameSyntax name => VisitName(name),
        SelectSyntax select => VisitSelect(select),
        PresenceSyntax presence => VisitPresence(presence),
        IndexSyntax index => VisitIndex(index),
        OperatorSyntax { Right: null } unary => VisitUnary(unary),
        OperatorSyntax binary => VisitBinary(binary),
        LogicalSyntax logical => VisitLogical(logical),
        ConditionalSyntax conditional => VisitConditional(conditional),
        ListSyntax list => VisitList(list),
        MapSyntax map => VisitMap(map),
        MacroSyntax macro => VisitMacro(macro),
        CallSyntax call => VisitCall(call),
        _ => Broken,
    };

    private Bound Problem(string message, TextSpan span)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new CelProblem(message, span));
        }
        return Broken;
    }

    private static CelType TypeOf(CelValue literal) => literal.Kind switch
    {
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        _ => CelType.Null,
    };

    private Bound VisitUnary(OperatorSyntax syntax)
    {
        Bound operand = Visit(syntax.Left);
        if (syntax.Symbol == "!")
        {
            return _unifier.TryAssign([operand.Type], [CelType.Bool])
                ? new Bound(CelType.Bool, new NotNode(operand.Node))
                : Problem($"`!` needs a bool, found {Name(operand.Type)}", syntax.Left.Span);
        }
        return Resolve(Operators.Negations, [operand.Type]) is { } type
            ? new Bound(type, new NegateNode(operand.Node))
            : Problem($"`-` does not take {Name(operand.Type)}", syntax.SymbolSpan);
    }

    private Bound VisitBinary(OperatorSyntax syntax)
    {
        Bound left = Visit(syntax.Left);
        Bound right = Visit(syntax.Right!);
        (CelOperator symbol, OperatorSignature[] signatures) = Operators.Of(syntax.Symbol);
        if (Resolve(signatures, [left.Type, right.Type]) is { } type)
        {
            return new Bound(type, new OperatorNode(symbol, left.Node, right.Node));
        }
        string one = Name(left.Type);
        string other = Name(right.Type);
        return Problem(symbol switch
        {
            CelOperator.Equal or CelOperator.NotEqual => $"{one} and {other} can't be compared: they are never equal",
            CelOperator.In when _unifier.Resolve(right.Type).Kind is not (CelTypeKind.List or CelTypeKind.Map) => $"`in` looks into a list or map, not into {other}",
            CelOperator.In => $"{one} can't be in {other}",
            _ => $"`{syntax.Symbol}` does not take {one} and {other}",
        }, syntax.SymbolSpan);
    }

    private Bound VisitLogical(LogicalSyntax syntax)
    {
        var terms = new CelNode[syntax.Terms.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = VisitBool(syntax.Terms[i], syntax.IsAnd ? "`&&`" : "`||`");
        }
        return new Bound(CelType.Bool, new LogicalNode(syntax.IsAnd, terms));
    }

    private Bound VisitConditional(ConditionalSyntax syntax)
    {
        CelNode condition = VisitBool(syntax.Condition, "the test before `?`");
        Bound then = Visit(syntax.Then);
        Bound otherwise = Visit(syntax.Otherwise);
        return _unifier.Join(then.Type, otherwise.Type) is { } type
            ? new Bound(type, new ConditionalNode(condition, then.Node, otherwise.Node))
            : Problem($"both results of `?:` need the same type, found {Name(then.Type)} and {Name(otherwise.Type)}", syntax.Span);
    }

    private CelNode VisitBool(CelSyntax syntax, string where)
    {
        Bound bound = Visit(syntax);
        if (!_unifier.TryAssign([bound.Type], [CelType.Bool]))
        {
            Problem($"{where} needs a bool, found {Name(bound.Type)}", syntax.Span);
        }
        return bound.Node;
    }

    private Bound VisitList(ListSyntax syntax)
    {
        CelType item = CelType.Fresh("item");
        var nodes = new CelNode[syntax.Items.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = VisitPart(syntax.Items[i], syntax.Optional[i], "list", ref item);
        }
        return new Bound(CelType.List(item), new ListNode(nodes, syntax.Optional));
    }

    private Bound VisitMap(MapSyntax syntax)
    {
        CelType key = CelType.Fresh("key");
        CelType value = CelType.Fresh("value");
        var keys = new CelNode[syntax.Keys.Length];
        var values = new CelNode[syntax.Keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = VisitPart(syntax.Keys[i], isOptional: false, "map's keys", ref key);
            values[i] = VisitPart(syntax.Values[i], syntax.Optional[i], "map", ref value);
        }
        if (_unifier.Resolve(key).Kind is not (CelTypeKind.Dyn or CelTypeKind.Parameter or CelTypeKind.Bool or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.String))
        {
            return Problem($"{Name(key)} can't be a key of a map", syntax.Keys[0].Span);
        }
        return new Bound(CelType.Map(key, value), new MapNode(keys, values, syntax.Optional));
    }

    /// <summary>An item of a literal. All must agree: Kubernetes allows no mixed literals, but for what <c>format</c> shows.</summary>
    private CelNode VisitPart(CelSyntax syntax, bool isOptional, string where, ref CelType common)
    {
        Bound part = Visit(syntax);
        CelType type = part.Type;
        if (isOptional)
        {
            CelType inner = CelType.Fresh("value");
            if (!_unifier.TryAssign([type], [CelType.Optional(inner)]))
            {
                return Problem($"after `?` an optional is needed, found {Name(type)}", syntax.Span).Node;
            }
            type = _unifier.Resolve(type).Kind == CelTypeKind.Dyn ? CelType.Dyn : inner;
        }
        if (_unifier.Join(common, type) is { } joined)
        {
            common = joined;
        }
        else if (_mayMix)
        {
            common = CelType.Dyn;
        }
        else
        {
            Problem($"the {where} mixes {Name(common)} and {Name(type)}; wrap the values in `dyn(...)` if that is meant", syntax.Span);
        }
        return part.Node;
    }

    /// <summary>The result of the signature that takes the arguments; <c>dyn</c> when several do and differ, null when none does.</summary>
    private CelType? Resolve(ReadOnlySpan<OperatorSignature> signatures, CelType[] arguments)
    {
        CelType? result = null;
        foreach (OperatorSignature signature in signatures)
        {
            if (TryTake(signature.Parameters, signature.Result, arguments) is { } type)
            {
                result = Combined(result, type);
            }
        }
        return result;
    }

    /// <summary>The result type of a signature with its own fresh type parameters; null when it does not take the arguments.</summary>
    private CelType? TryTake(CelType[] parameters, CelType result, CelType[] arguments)
    {
        CelType? a = null;
        CelType? b = null;
        CelType Fresh(CelType type)
        {
            if (ReferenceEquals(type, CelType.A))
            {
                return a ??= CelType.Fresh("A");
            }
            if (ReferenceEquals(type, CelType.B))
            {
                return b ??= CelType.Fresh("B");
            }
            return type.Parameters.Length == 0 ? type : type.With(type.Parameters.Select(Fresh).ToImmutableArray());
        }
        return _unifier.TryAssign(arguments, Array.ConvertAll(parameters, Fresh)) ? _unifier.Resolve(Fresh(result)) : null;
    }

    private static CelType Combined(CelType? one, CelType other) =>
        one is null || ReferenceEquals(one, other) || (one.Kind == other.Kind && one.ToString() == other.ToString()) ? other : CelType.Dyn;

    /// <summary>A type in a message, with what is known of it by now.</summary>
    private string Name(CelType type)
    {
        CelType closed = _unifier.Close(type);
        return closed.Kind switch
        {
            CelTypeKind.Object => "an object",
            CelTypeKind.Int => "an int",
            CelTypeKind.Optional => $"an {closed}",
            CelTypeKind.Ip => $"an {closed}",
            CelTypeKind.Null => "null",
            CelTypeKind.Dyn => "a value of any type",
            CelTypeKind.Bytes => "bytes",
            _ => $"a {closed}",
        };
    }
}
