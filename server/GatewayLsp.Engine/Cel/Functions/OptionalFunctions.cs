using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>Optional values. <c>or</c> and <c>orValue</c> are declared here for the checker; the binder makes them lazy.</summary>
internal static class OptionalFunctions
{
    private static readonly CelType Any = CelType.Optional(CelType.A);

    public static void AddTo(FunctionTable table)
    {
        table.Function("optional.of", [CelType.A], Any, static (a, _) => CelOptional.Of(a[0]));
        table.Function("optional.ofNonZeroValue", [CelType.A], Any, static (a, _) => IsZero(a[0]) ? CelOptional.None : CelOptional.Of(a[0]));
        table.Function("optional.none", [], Any, static (_, _) => CelOptional.None);
        table.Function("optional.unwrap", [CelType.List(Any)], CelType.List(CelType.A), static (a, _) => Unwrap((CelList)a[0]));
        table.Member("unwrapOpt", [CelType.List(Any)], CelType.List(CelType.A), static (a, _) => Unwrap((CelList)a[0]));
        table.Member("hasValue", [Any], CelType.Bool, static (a, _) => CelBool.Of(((CelOptional)a[0]).Value is not null));
        table.Member("value", [Any], CelType.A, static (a, _) => ((CelOptional)a[0]).Value ?? CelError.Invalid("the optional has no value"));
        table.Member("or", [Any, Any], Any, static (a, _) => ((CelOptional)a[0]).Value is null ? a[1] : a[0]);
        table.Member("orValue", [Any, CelType.A], CelType.A, static (a, _) => ((CelOptional)a[0]).Value ?? a[1]);
    }

    /// <summary>The values of those optionals that have one.</summary>
    private static CelValue Unwrap(CelList list)
    {
        var values = new List<CelValue>(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is CelOptional optional)
            {
                if (optional.Value is not null)
                {
                    values.Add(optional.Value);
                }
            }
            else
            {
                return list[i].IsValue ? CelError.NoOverload("`unwrap`", [list[i]]) : list[i];
            }
        }
        return CelList.Of([.. values]);
    }

    private static bool IsZero(CelValue value) => value switch
    {
        CelNull => true,
        CelBool flag => !flag.Value,
        CelInt number => number.Value == 0,
        CelUint number => number.Value == 0,
        CelDouble number => number.Value == 0,
        CelString text => text.Value.Length == 0,
        CelBytes bytes => bytes.Value.Length == 0,
        CelList list => list.Count == 0,
        CelMap map => map.Count == 0,
        CelDuration duration => duration.Nanoseconds == 0,
        CelTimestamp time => time is { Seconds: CelTimestamp.MinSeconds, Nanoseconds: 0 },
        CelOptional optional => optional.Value is null,
        _ => false,
    };
}
