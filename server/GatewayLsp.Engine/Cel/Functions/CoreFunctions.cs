using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Patterns;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary><c>size</c>, <c>type</c>, <c>dyn</c>, and the questions about a text that the language itself has.</summary>
internal static class CoreFunctions
{
    private static readonly CelType AnyList = CelType.List(CelType.A);
    private static readonly CelType AnyMap = CelType.Map(CelType.A, CelType.B);

    public static void AddTo(FunctionTable table)
    {
        foreach (CelType sized in new[] { CelType.String, CelType.Bytes, AnyList, AnyMap })
        {
            table.Function("size", [sized], CelType.Int, Size);
            table.Member("size", [sized], CelType.Int, Size);
        }
        table.Function("type", [CelType.A], CelType.Type, static (a, _) => CelTypeValue.Of(a[0]));
        table.Function("dyn", [CelType.A], CelType.Dyn, static (a, _) => a[0]);

        table.Member("contains", [CelType.String, CelType.String], CelType.Bool,
            static (a, _) => CelBool.Of(Text(a[0]).Contains(Text(a[1]), StringComparison.Ordinal)),
            static (a, _) => CelCosts.Traversal(CelCosts.SizeOf(a[0])) * CelCosts.Traversal(CelCosts.SizeOf(a[1])));
        table.Member("startsWith", [CelType.String, CelType.String], CelType.Bool,
            static (a, _) => CelBool.Of(Text(a[0]).StartsWith(Text(a[1]), StringComparison.Ordinal)), FunctionTable.OneWalk);
        table.Member("endsWith", [CelType.String, CelType.String], CelType.Bool,
            static (a, _) => CelBool.Of(Text(a[0]).EndsWith(Text(a[1]), StringComparison.Ordinal)), FunctionTable.OneWalk);
        foreach (bool isMember in new[] { true, false })
        {
            Action<string, CelType[], CelType, CelImplementation, CelCost?> add = isMember ? table.Member : table.Function;
            add("matches", [CelType.String, CelType.String], CelType.Bool, static (a, _) => CelRegex.Matches(Text(a[0]), Text(a[1])),
                static (a, _) => CelCosts.Matching(CelCosts.SizeOf(a[0]), CelCosts.SizeOf(a[1])));
        }
    }

    public static string Text(CelValue value) => ((CelString)value).Value;

    private static CelInt Size(ReadOnlySpan<CelValue> arguments, CelFrame frame) => CelInt.Of(CelCosts.SizeOf(arguments[0]));
}
