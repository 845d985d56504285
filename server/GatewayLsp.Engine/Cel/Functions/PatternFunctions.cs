using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Patterns;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>The Kubernetes libraries of regular expressions (beyond <c>matches</c>) and URLs.</summary>
internal static class PatternFunctions
{
    public static void AddTo(FunctionTable table)
    {
        CelType text = CelType.String;
        CelType texts = CelType.List(CelType.String);
        table.Member("find", [text, text], text, static (a, _) =>
            CelRegex.Find(Text(a[0]), Text(a[1]), 1, out List<string> found) is { IsValue: false } bad ? bad : new CelString(found.Count > 0 ? found[0] : ""), Matching);
        table.Member("findAll", [text, text], texts, static (a, _) => FindAll(a, -1), Matching);
        table.Member("findAll", [text, text, CelType.Int], texts, static (a, _) => FindAll(a, ((CelInt)a[2]).Value), Matching);

        table.Function("url", [text], CelType.Url, static (a, _) =>
            (CelValue?)CelUrl.Read(Text(a[0])) ?? CelError.Invalid($"{ConversionFunctions.Shown(Text(a[0]))} is no URL with a scheme and no absolute path"), FunctionTable.OneWalk);
        table.Function("isURL", [text], CelType.Bool, static (a, _) => CelBool.Of(CelUrl.IsUrl(Text(a[0]))));
        Part(table, "getScheme", static u => u.Scheme);
        Part(table, "getHost", static u => u.Host);
        Part(table, "getHostname", static u => u.Hostname);
        Part(table, "getPort", static u => u.Port);
        Part(table, "getEscapedPath", static u => u.EscapedPath);
        table.Member("getQuery", [CelType.Url], CelType.Map(text, texts), static (a, _) => Query((CelUrl)a[0]));
    }

    private static string Text(CelValue value) => CoreFunctions.Text(value);

    private static long Matching(ReadOnlySpan<CelValue> arguments, CelFrame frame) =>
        CelCosts.Matching(CelCosts.SizeOf(arguments[0]), CelCosts.SizeOf(arguments[1]));

    private static CelValue FindAll(ReadOnlySpan<CelValue> arguments, long limit) =>
        CelRegex.Find(Text(arguments[0]), Text(arguments[1]), limit, out List<string> found) is { IsValue: false } bad ? bad : CelList.OfTexts(found);

    private static void Part(FunctionTable table, string name, Func<CelUrl, string> part) =>
        table.Member(name, [CelType.Url], CelType.String, (a, _) => new CelString(part((CelUrl)a[0])));

    private static CelDictionaryMap Query(CelUrl url)
    {
        List<KeyValuePair<string, List<string>>> values = url.QueryValues();
        var map = CelDictionaryMap.New(values.Count);
        foreach ((string key, List<string> texts) in values)
        {
            map.TryAdd(new CelString(key), CelList.OfTexts(texts));
        }
        return map;
    }
}
