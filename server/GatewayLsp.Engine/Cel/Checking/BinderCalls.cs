using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Functions;
using GatewayLsp.Engine.Cel.Parsing;
using GatewayLsp.Engine.Cel.Patterns;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>Calls of functions.</summary>
internal sealed partial class Binder
{
    private Bound VisitCall(CallSyntax syntax)
    {
        if (syntax.Target is null)
        {
            return VisitFunction(syntax, syntax.Name);
        }
        if (DottedName(syntax.Target) is { } space && FunctionTable.Has($"{space}.{syntax.Name}"))
        {
            return VisitFunction(syntax, $"{space}.{syntax.Name}");
        }
        if (!FunctionTable.Has(syntax.Name))
        {
            return Problem(NoFunction(syntax), syntax.NameSpan);
        }
        Bound target = Visit(syntax.Target);
        bool mayMix = _mayMix;
        _mayMix |= syntax.Name == "format";
        Bound[] arguments = [target, .. syntax.Arguments.Select(Visit)];
        _mayMix = mayMix;
        return Call(syntax, syntax.Name, arguments, isMember: true);
    }

    private Bound VisitFunction(CallSyntax syntax, string name) => FunctionTable.Has(name)
        ? Call(syntax, name, [.. syntax.Arguments.Select(Visit)], isMember: false)
        : Problem(NoFunction(syntax), syntax.NameSpan);

    private Bound Call(CallSyntax syntax, string name, Bound[] arguments, bool isMember)
    {
        CelOverload[] overloads = FunctionTable.Find(name);
        CelType[] types = Array.ConvertAll(arguments, a => a.Type);
        var taken = new List<CelOverload>();
        CelType? result = null;
        foreach (CelOverload overload in overloads)
        {
            if (overload.IsMember == isMember && overload.Parameters.Length == types.Length && TryTake(overload.Parameters, overload.Result, types) is { } type)
            {
                taken.Add(overload);
                result = Combined(result, type);
            }
        }
        if (result is null)
        {
            return Problem(NoOverload(name, overloads, types, isMember), syntax.NameSpan);
        }
        CelSyntax[] written = isMember ? [syntax.Target!, .. syntax.Arguments] : syntax.Arguments;
        CheckLiterals(name, written);
        if (isMember && name is "or" or "orValue")
        {
            return new Bound(result, new OptionalOrNode(arguments[0].Node, arguments[1].Node, unwraps: name == "orValue"));
        }
        return new Bound(result, new CallNode(name, [.. taken], Array.ConvertAll(arguments, a => a.Node)));
    }

    private string NoOverload(string name, CelOverload[] overloads, CelType[] types, bool isMember)
    {
        if (!Array.Exists(overloads, o => o.IsMember == isMember))
        {
            return isMember ? $"`{name}` is no method; write `{name}(...)`" : $"`{name}` is a method: write `x.{name}(...)`";
        }
        int extra = isMember ? 1 : 0;
        int[] counts = [.. overloads.Where(o => o.IsMember == isMember).Select(o => o.Parameters.Length - extra).Distinct().Order()];
        if (Array.IndexOf(counts, types.Length - extra) < 0)
        {
            return $"`{name}` takes {string.Join(" or ", counts)} argument{(counts[^1] == 1 && counts.Length == 1 ? "" : "s")}, found {types.Length - extra}";
        }
        string arguments = string.Join(" and ", types.Skip(extra).Select(Name));
        return isMember
            ? $"`{name}` can't be called on {Name(types[0])}{(types.Length > 1 ? $" with {arguments}" : "")}"
            : $"`{name}` does not take {arguments}";
    }

    private static string NoFunction(CallSyntax syntax)
    {
        string name = syntax.Name;
        if (syntax.Target is not null && name is "all" or "exists" or "exists_one" or "existsOne" or "filter" or "map" or "transformList" or "transformMap"
            or "transformMapEntry" or "optMap" or "optFlatMap")
        {
            return $"`{name}` needs a variable and an expression, such as `{name}(x, x > 0)`; found {syntax.Arguments.Length} arguments";
        }
        if (name == "has")
        {
            return "`has` takes one field, such as `has(self.name)`";
        }
        return $"there is no function `{name}`{(NearestName.Of(name, FunctionTable.Names) is { } near ? $"; is it `{near}`?" : "")}";
    }

    /// <summary>Texts that a function will never take are told when the rule is written, as the API server does.</summary>
    private void CheckLiterals(string name, CelSyntax[] arguments)
    {
        (int place, CelValue? value)? check = (name, arguments.Length) switch
        {
            ("duration", 1) when Literal(0) is { } text => (0, TimeFunctions.Duration(text)),
            ("timestamp", 1) when Literal(0) is { } text => (0, TimeFunctions.Timestamp(text)),
            ("matches" or "find" or "findAll", >= 2) when Literal(1) is { } text => (1, CelRegex.Of(text).Failure),
            _ => null,
        };
        if (check is { value: CelError error, place: var at })
        {
            Problem(error.Message, arguments[at].Span);
        }

        string? Literal(int at) => arguments[at] is LiteralSyntax { Value: CelString { Value: var text } } ? text : null;
    }
}
