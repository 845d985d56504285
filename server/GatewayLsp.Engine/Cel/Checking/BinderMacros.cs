using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Parsing;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>Macros with variables of their own.</summary>
internal sealed partial class Binder
{
    private Bound VisitMacro(MacroSyntax syntax)
    {
        Bound target = Visit(syntax.Target);
        CelType type = _unifier.Resolve(target.Type);
        return syntax.Kind is MacroKind.OptMap or MacroKind.OptFlatMap ? VisitOptional(syntax, target, type) : VisitComprehension(syntax, target, type);
    }

    private Bound VisitOptional(MacroSyntax syntax, Bound target, CelType type)
    {
        if (type.Kind is not (CelTypeKind.Optional or CelTypeKind.Dyn or CelTypeKind.Parameter))
        {
            return Problem($"`{(syntax.Kind == MacroKind.OptMap ? "optMap" : "optFlatMap")}` needs an optional, found {Name(type)}", syntax.Target.Span);
        }
        int slot = Declare(syntax.First, type.Kind == CelTypeKind.Optional ? type.Parameters[0] : CelType.Dyn);
        Bound body = Visit(syntax.Body);
        Forget(1);
        CelType result = CelType.Optional(body.Type);
        if (syntax.Kind == MacroKind.OptFlatMap)
        {
            CelType inner = CelType.Fresh("value");
            if (!_unifier.TryAssign([body.Type], [CelType.Optional(inner)]))
            {
                return Problem($"`optFlatMap` needs an optional as result, found {Name(body.Type)}", syntax.Body.Span);
            }
            result = CelType.Optional(inner);
        }
        return new Bound(result, new OptionalMapNode(syntax.Kind, target.Node, slot, body.Node));
    }

    private Bound VisitComprehension(MacroSyntax syntax, Bound target, CelType type)
    {
        CelType key;
        CelType item;
        switch (type.Kind)
        {
            case CelTypeKind.List:
                (key, item) = (CelType.Int, type.Parameters[0]);
                break;
            case CelTypeKind.Map:
                (key, item) = (type.Parameters[0], type.Parameters[1]);
                break;
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                (key, item) = (CelType.Dyn, CelType.Dyn);
                break;
            default:
                return Problem($"this macro walks over a list or map, not over {Name(type)}", syntax.Target.Span);
        }
        // With one variable it is the item of a list but the key of a map.
        bool hasTwo = syntax.Second is not null;
        CelType element = hasTwo || type.Kind == CelTypeKind.Map ? key : item;
        int first = Declare(syntax.First, element);
        int second = hasTwo ? Declare(syntax.Second!, item) : -1;
        CelNode? filter = syntax.Filter is null ? null : VisitBool(syntax.Filter, "the filter");
        Bound bound;
        switch (syntax.Kind)
        {
            case MacroKind.All or MacroKind.Exists:
                bound = new Bound(CelType.Bool, new QuantifierNode(syntax.Kind == MacroKind.All, target.Node, first, second, VisitTest(syntax)));
                break;
            case MacroKind.ExistsOne:
                bound = new Bound(CelType.Bool, new ExistsOneNode(target.Node, first, second, VisitTest(syntax)));
                break;
            case MacroKind.Filter:
                bound = new Bound(CelType.List(element), new MapListNode(target.Node, first, second, VisitTest(syntax), null));
                break;
            case MacroKind.Map or MacroKind.TransformList:
                Bound made = Visit(syntax.Body);
                bound = new Bound(CelType.List(made.Type), new MapListNode(target.Node, first, second, filter, made.Node));
                break;
            case MacroKind.SortBy:
                bound = Sorted(syntax, target, element, first);
                break;
            default:
                bound = Entries(syntax, target, key, first, second, filter);
                break;
        }
        Forget(hasTwo ? 2 : 1);
        return bound;
    }

    private CelNode VisitTest(MacroSyntax syntax) => VisitBool(syntax.Body, "the test of this macro");

    private Bound Entries(MacroSyntax syntax, Bound target, CelType key, int first, int second, CelNode? filter)
    {
        Bound made = Visit(syntax.Body);
        bool makesKeys = syntax.Kind == MacroKind.TransformMapEntry;
        CelType result = makesKeys ? made.Type : CelType.Map(key, made.Type);
        if (makesKeys && !_unifier.TryAssign([made.Type], [CelType.Map(CelType.Fresh("key"), CelType.Fresh("value"))]))
        {
            return Problem($"`transformMapEntry` needs a map as result, found {Name(made.Type)}", syntax.Body.Span);
        }
        return new Bound(result, new MapEntriesNode(target.Node, first, second, filter, made.Node, makesKeys));
    }

    private Bound Sorted(MacroSyntax syntax, Bound target, CelType element, int slot)
    {
        Bound key = Visit(syntax.Body);
        CelType type = _unifier.Resolve(key.Type);
        return type.Kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Bool or CelTypeKind.Duration or CelTypeKind.Timestamp
            or CelTypeKind.String or CelTypeKind.Bytes or CelTypeKind.Dyn or CelTypeKind.Parameter
                ? new Bound(CelType.List(element), new SortByNode(target.Node, slot, key.Node))
                : Problem($"`sortBy` needs a key with an order, found {Name(type)}", syntax.Body.Span);
    }

    /// <summary>Opens a variable; its slot is free again after <see cref="Forget"/>.</summary>
    private int Declare(string name, CelType type)
    {
        int slot = CelProgram.FirstFreeSlot + _variables.Count;
        _variables.Add((name, type, slot));
        _slots = Math.Max(_slots, slot + 1);
        return slot;
    }

    private void Forget(int count) => _variables.RemoveRange(_variables.Count - count, count);
}
