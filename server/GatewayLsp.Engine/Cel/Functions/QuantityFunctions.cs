using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The Kubernetes libraries of quantities and of semantic versions.</summary>
internal static class QuantityFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddQuantity(table);
        AddSemver(table);
    }

    private static void AddQuantity(FunctionTable table)
    {
        CelType quantity = CelType.Quantity;
        table.Function("quantity", [CelType.String], quantity, static (a, _) =>
            CelQuantity.Read(CoreFunctions.Text(a[0])) ?? CelError.Invalid($"{ConversionFunctions.Shown(CoreFunctions.Text(a[0]))} is no quantity such as `1.5Gi`"), FunctionTable.OneWalk);
        table.Function("isQuantity", [CelType.String], CelType.Bool,
            static (a, _) => CelBool.Of(CelQuantity.Read(CoreFunctions.Text(a[0])) is not null), FunctionTable.OneWalk);
        table.Function("sign", [quantity], CelType.Int, static (a, _) => CelInt.Of(Amount(a[0]).Sign));
        table.Member("isInteger", [quantity], CelType.Bool, static (a, _) => CelBool.Of(Amount(a[0]).Integer is not null));
        table.Member("asInteger", [quantity], CelType.Int,
            static (a, _) => Amount(a[0]).Integer is { } value ? CelInt.Of(value) : CelError.Invalid("the quantity is no int"));
        table.Member("asApproximateFloat", [quantity], CelType.Double, static (a, _) => new CelDouble(Amount(a[0]).Approximate));
        table.Member("isGreaterThan", [quantity, quantity], CelType.Bool, static (a, _) => CelBool.Of(Amount(a[0]).CompareTo(Amount(a[1])) > 0));
        table.Member("isLessThan", [quantity, quantity], CelType.Bool, static (a, _) => CelBool.Of(Amount(a[0]).CompareTo(Amount(a[1])) < 0));
        table.Member("compareTo", [quantity, quantity], CelType.Int, static (a, _) => CelInt.Of(Amount(a[0]).CompareTo(Amount(a[1]))));
        table.Member("add", [quantity, quantity], quantity, static (a, _) => Amount(a[0]).Plus(Amount(a[1])));
        table.Member("add", [quantity, CelType.Int], quantity, static (a, _) => Amount(a[0]).Plus(CelQuantity.Of(((CelInt)a[1]).Value)));
        table.Member("sub", [quantity, quantity], quantity, static (a, _) => Amount(a[0]).Minus(Amount(a[1])));
        table.Member("sub", [quantity, CelType.Int], quantity, static (a, _) => Amount(a[0]).Minus(CelQuantity.Of(((CelInt)a[1]).Value)));
    }

    private static void AddSemver(FunctionTable table)
    {
        CelType semver = CelType.Semver;
        table.Function("semver", [CelType.String], semver, static (a, _) => ReadVersion(a[0], CelBool.False), FunctionTable.OneWalk);
        table.Function("semver", [CelType.String, CelType.Bool], semver, static (a, _) => ReadVersion(a[0], a[1]), FunctionTable.OneWalk);
        table.Function("isSemver", [CelType.String], CelType.Bool, static (a, _) => CelBool.Of(ReadVersion(a[0], CelBool.False).IsValue), FunctionTable.OneWalk);
        table.Function("isSemver", [CelType.String, CelType.Bool], CelType.Bool, static (a, _) => CelBool.Of(ReadVersion(a[0], a[1]).IsValue), FunctionTable.OneWalk);
        table.Member("major", [semver], CelType.Int, static (a, _) => CelInt.Of((long)Version(a[0]).Major));
        table.Member("minor", [semver], CelType.Int, static (a, _) => CelInt.Of((long)Version(a[0]).Minor));
        table.Member("patch", [semver], CelType.Int, static (a, _) => CelInt.Of((long)Version(a[0]).Patch));
        table.Member("isGreaterThan", [semver, semver], CelType.Bool, static (a, _) => CelBool.Of(Version(a[0]).CompareTo(Version(a[1])) > 0));
        table.Member("isLessThan", [semver, semver], CelType.Bool, static (a, _) => CelBool.Of(Version(a[0]).CompareTo(Version(a[1])) < 0));
        table.Member("compareTo", [semver, semver], CelType.Int, static (a, _) => CelInt.Of(Version(a[0]).CompareTo(Version(a[1]))));
    }

    private static CelQuantity Amount(CelValue value) => (CelQuantity)value;

    private static CelSemver Version(CelValue value) => (CelSemver)value;

    private static CelValue ReadVersion(CelValue text, CelValue normalizes) =>
        (CelValue?)CelSemver.Read(CoreFunctions.Text(text), ((CelBool)normalizes).Value)
        ?? CelError.Invalid($"{ConversionFunctions.Shown(CoreFunctions.Text(text))} is no semantic version such as `1.2.3`");
}
