using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Parsing;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>Names, fields and indices.</summary>
internal sealed partial class Binder
{
    private Bound VisitName(NameSyntax syntax)
    {
        if (!syntax.IsGlobal && FindVariable(syntax.Name) is { } variable)
        {
            return new Bound(variable.Type, new VariableNode(variable.Slot));
        }
        switch (syntax.Name)
        {
            case "self":
                return new Bound(environment.Self, new VariableNode(CelProgram.SelfSlot));
            case "oldSelf":
                _usesOldSelf = true;
                return new Bound(environment.OldSelf, new VariableNode(CelProgram.OldSelfSlot));
        }
        if (TypeNamed(syntax.Name) is { } type)
        {
            return type;
        }
        string hint = NearestName.Of(syntax.Name, [.. _variables.Select(v => v.Name), "self", "oldSelf"]) is { } near ? $"; is it `{near}`?"
            : environment.Declared?.Find(syntax.Name) is not null ? $"; fields are written `self.{syntax.Name}`" : "";
        return Problem($"`{syntax.Name}` is no variable{hint}", syntax.Span);
    }

    private (CelType Type, int Slot)? FindVariable(string name)
    {
        for (int i = _variables.Count - 1; i >= 0; i--)
        {
            if (_variables[i].Name == name)
            {
                return (_variables[i].Type, _variables[i].Slot);
            }
        }
        return null;
    }

    private static Bound? TypeNamed(string name) =>
        CelTypeValue.Find(name) is { } type ? new Bound(CelType.Type, new LiteralNode(type)) : null;

    private Bound VisitSelect(SelectSyntax syntax)
    {
        if (DottedName(syntax) is { } dotted && TypeNamed(dotted) is { } type)
        {
            return type;
        }
        (CelType fieldType, SelectNode? node) = Select(syntax);
        return node is null ? Broken : new Bound(fieldType, node);
    }

    private Bound VisitPresence(PresenceSyntax syntax) =>
        Select(syntax.Select).Node is { } node ? new Bound(CelType.Bool, new PresenceNode(node)) : Broken with { Type = CelType.Bool };

    private (CelType Type, SelectNode? Node) Select(SelectSyntax syntax)
    {
        Bound operand = Visit(syntax.Operand);
        CelType type = _unifier.Resolve(operand.Type);
        bool isOptional = syntax.IsOptional;
        if (type.Kind == CelTypeKind.Optional)
        {
            type = _unifier.Resolve(type.Parameters[0]);
            isOptional = true;
        }
        DeclaredType? declared = null;
        CelType field;
        switch (type.Kind)
        {
            case CelTypeKind.Object:
                declared = type.Declared!;
                if (declared.Find(syntax.Field) is not { } found)
                {
                    return (CelType.Dyn, UnknownField(declared, syntax.Field, syntax.FieldSpan));
                }
                field = found.Type.Type;
                break;
            case CelTypeKind.Map:
                if (!_unifier.TryAssign([CelType.String], [type.Parameters[0]]))
                {
                    return (CelType.Dyn, NoFields(type, syntax.FieldSpan));
                }
                field = type.Parameters[1];
                break;
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                field = CelType.Dyn;
                break;
            default:
                return (CelType.Dyn, NoFields(type, syntax.FieldSpan));
        }
        return (isOptional ? CelType.Optional(field) : field, new SelectNode(operand.Node, syntax.Field, declared, syntax.IsOptional));
    }

    private SelectNode? NoFields(CelType type, TextSpan span)
    {
        Problem($"{Name(type)} has no fields", span);
        return null;
    }

    private SelectNode? UnknownField(DeclaredType declared, string name, TextSpan span)
    {
        string hint = "";
        if (FieldNames.Escape(name) is { } escaped && declared.Find(escaped) is not null)
        {
            hint = $"; it is written `{escaped}`";
        }
        else if (NearestName.Of(name, declared.Fields.Keys) is { } near)
        {
            hint = $"; is it `{near}`?";
        }
        Problem($"the object has no field `{name}`{hint}", span);
        return null;
    }

    private Bound VisitIndex(IndexSyntax syntax)
    {
        Bound operand = Visit(syntax.Operand);
        Bound index = Visit(syntax.Index);
        CelType type = _unifier.Resolve(operand.Type);
        bool isOptional = syntax.IsOptional;
        if (type.Kind == CelTypeKind.Optional)
        {
            type = _unifier.Resolve(type.Parameters[0]);
            isOptional = true;
        }
        CelType item;
        switch (type.Kind)
        {
            case CelTypeKind.List:
                if (!_unifier.TryAssign([index.Type], [CelType.Int]))
                {
                    return Problem($"the index into a list is an int, found {Name(index.Type)}", syntax.Index.Span);
                }
                item = type.Parameters[0];
                break;
            case CelTypeKind.Map:
                if (!_unifier.TryAssign([index.Type], [type.Parameters[0]]))
                {
                    return Problem($"the keys of this map are {type.Parameters[0]}, found {Name(index.Type)}", syntax.Index.Span);
                }
                item = type.Parameters[1];
                break;
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                item = CelType.Dyn;
                break;
            default:
                return Problem($"{Name(type)} can't be indexed{(type.Kind == CelTypeKind.Object ? "; fields are written with a dot" : "")}", syntax.Span);
        }
        return new Bound(isOptional ? CelType.Optional(item) : item, new IndexNode(operand.Node, index.Node, syntax.IsOptional));
    }

    /// <summary>The whole of <c>a.b.c</c> when it is a row of names whose first is no variable; else null.</summary>
    private string? DottedName(CelSyntax syntax) => syntax switch
    {
        NameSyntax { Name: "self" or "oldSelf" } => null,
        NameSyntax name => !name.IsGlobal && FindVariable(name.Name) is not null ? null : name.Name,
        SelectSyntax { IsOptional: false } select => DottedName(select.Operand) is { } prefix ? $"{prefix}.{select.Field}" : null,
        _ => null,
    };
}
