using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The Kubernetes libraries of IP addresses and CIDR ranges.</summary>
internal static class NetworkFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddIp(table);
        AddCidr(table);
    }

    private static void AddIp(FunctionTable table)
    {
        table.Function("ip", [CelType.String], CelType.Ip, static (a, _) => ReadIp(a[0]), FunctionTable.OneWalk);
        table.Function("isIP", [CelType.String], CelType.Bool, static (a, _) => CelBool.Of(CelIp.Read(CoreFunctions.Text(a[0])) is not null), FunctionTable.OneWalk);
        table.Function("ip.isCanonical", [CelType.String], CelType.Bool,
            static (a, _) => ReadIp(a[0]) is CelIp ip ? CelBool.Of(ip.ToString() == CoreFunctions.Text(a[0])) : ReadIp(a[0]), FunctionTable.TwoWalks);
        table.Function("string", [CelType.Ip], CelType.String, static (a, _) => new CelString(a[0].ToString()!));
        table.Member("family", [CelType.Ip], CelType.Int, static (a, _) => CelInt.Of(((CelIp)a[0]).IsV4 ? 4 : 6));
        Question(table, "isUnspecified", static b => !b.ContainsAnyExcept((byte)0));
        Question(table, "isLoopback", IsLoopback);
        Question(table, "isLinkLocalMulticast", IsLinkLocalMulticast);
        Question(table, "isLinkLocalUnicast", IsLinkLocalUnicast);
        Question(table, "isGlobalUnicast", static b =>
            b.ContainsAnyExcept((byte)0) && !(b.Length == 4 && !b.ContainsAnyExcept((byte)0xFF)) && !IsLoopback(b) && !IsLinkLocalUnicast(b)
            && !(b.Length == 4 ? (b[0] & 0xF0) == 0xE0 : b[0] == 0xFF));
    }

    private static void AddCidr(FunctionTable table)
    {
        table.Function("cidr", [CelType.String], CelType.Cidr, static (a, _) => ReadCidr(a[0]), FunctionTable.OneWalk);
        table.Function("isCIDR", [CelType.String], CelType.Bool, static (a, _) => CelBool.Of(CelCidr.Read(CoreFunctions.Text(a[0])) is not null), FunctionTable.OneWalk);
        table.Function("string", [CelType.Cidr], CelType.String, static (a, _) => new CelString(a[0].ToString()!));
        table.Member("ip", [CelType.Cidr], CelType.Ip, static (a, _) => ((CelCidr)a[0]).Ip);
        table.Member("masked", [CelType.Cidr], CelType.Cidr, static (a, _) => ((CelCidr)a[0]).Masked());
        table.Member("prefixLength", [CelType.Cidr], CelType.Int, static (a, _) => CelInt.Of(((CelCidr)a[0]).Length));
        table.Member("containsIP", [CelType.Cidr, CelType.Ip], CelType.Bool, static (a, _) => CelBool.Of(((CelCidr)a[0]).Contains((CelIp)a[1])));
        table.Member("containsIP", [CelType.Cidr, CelType.String], CelType.Bool,
            static (a, _) => ReadIp(a[1]) is CelIp ip ? CelBool.Of(((CelCidr)a[0]).Contains(ip)) : ReadIp(a[1]), SecondWalk);
        table.Member("containsCIDR", [CelType.Cidr, CelType.Cidr], CelType.Bool, static (a, _) => CelBool.Of(((CelCidr)a[0]).Contains((CelCidr)a[1])));
        table.Member("containsCIDR", [CelType.Cidr, CelType.String], CelType.Bool,
            static (a, _) => ReadCidr(a[1]) is CelCidr cidr ? CelBool.Of(((CelCidr)a[0]).Contains(cidr)) : ReadCidr(a[1]), SecondWalk);
    }

    private delegate bool Test(ReadOnlySpan<byte> address);

    private static void Question(FunctionTable table, string name, Test test) =>
        table.Member(name, [CelType.Ip], CelType.Bool, (a, _) => CelBool.Of(test(((CelIp)a[0]).Bytes)));

    private static long SecondWalk(ReadOnlySpan<CelValue> arguments, CelFrame frame) => 3 + CelCosts.Traversal(CelCosts.SizeOf(arguments[1]));

    private static CelValue ReadIp(CelValue text) =>
        (CelValue?)CelIp.Read(CoreFunctions.Text(text)) ?? CelError.Invalid($"{ConversionFunctions.Shown(CoreFunctions.Text(text))} is no IP address");

    private static CelValue ReadCidr(CelValue text) =>
        (CelValue?)CelCidr.Read(CoreFunctions.Text(text)) ?? CelError.Invalid($"{ConversionFunctions.Shown(CoreFunctions.Text(text))} is no range of addresses such as `10.0.0.0/8`");

    private static bool IsLoopback(ReadOnlySpan<byte> b) => b.Length == 4 ? b[0] == 127 : b[15] == 1 && !b[..15].ContainsAnyExcept((byte)0);

    private static bool IsLinkLocalUnicast(ReadOnlySpan<byte> b) => b.Length == 4 ? b[0] == 169 && b[1] == 254 : b[0] == 0xFE && (b[1] & 0xC0) == 0x80;

    private static bool IsLinkLocalMulticast(ReadOnlySpan<byte> b) => b.Length == 4 ? b[0] == 224 && b[1] == 0 && b[2] == 0 : b[0] == 0xFF && (b[1] & 0x0F) == 2;
}
