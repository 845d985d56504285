using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The Kubernetes library of named formats: <c>format.dns1123Label().validate(x)</c> is an optional list of complaints.</summary>
internal static class FormatFunctions
{
    public static void AddTo(FunctionTable table)
    {
        foreach (CelFormat format in CelFormat.All)
        {
            table.Function($"format.{format.Name}", [], CelType.Format, (_, _) => format);
        }
        table.Function("format.named", [CelType.String], CelType.Optional(CelType.Format), static (a, _) => Named(CoreFunctions.Text(a[0])));
        table.Member("validate", [CelType.Format, CelType.String], CelType.Optional(CelType.List(CelType.String)), static (a, _) =>
            ((CelFormat)a[0]).Check(CoreFunctions.Text(a[1])) is { } complaint ? CelOptional.Of(CelList.OfTexts([complaint])) : CelOptional.None,
            static (a, _) => CelCosts.Matching(CelCosts.SizeOf(a[1]), ((CelFormat)a[0]).PatternLength));
    }

    private static CelValue Named(string name)
    {
        foreach (CelFormat format in CelFormat.All)
        {
            if (format.Name == name)
            {
                return CelOptional.Of(format);
            }
        }
        return CelOptional.None;
    }
}
