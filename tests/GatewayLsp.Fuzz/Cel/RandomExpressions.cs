using System.Globalization;
using System.Text;

namespace GatewayLsp.Fuzz.Cel;

/// <summary>Makes expressions: grown from a grammar, cut up and patched together, or noise.</summary>
internal sealed class RandomExpressions(Random random)
{
    private static readonly string[] Samples =
    [
        "self.a.all(x, x > 0) && has(self.b)", "!(has(self.percent) && has(self.fraction))", "self.b.exists(k, v, v == 'x' || k in ['a', 'b'])",
        "self.name.matches(r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')", "self.a.map(x, x * 2).sum() <= 100", "'%s-%d'.format([self.name, dyn(1)])",
        "duration(self.name) > duration('1s')", "self.?a[?0].optMap(x, x + 1).orValue(0) == 1", "ip(self.name).family() == 4 && cidr('10.0.0.0/8').containsIP(self.name)",
        "quantity(self.name).isGreaterThan(quantity('1Gi'))", "url(self.name).getQuery().size() > 0", "semver(self.name).compareTo(semver('1.2.3')) < 0",
        "self.a.transformMap(i, v, {string(i): v}).size() > 0", "timestamp(self.name).getHours('+01:00') == 3", "self == oldSelf",
        "format.dns1123Label().validate(self.name).orValue([]).size() == 0", "{'a': 1, ?'b': optional.none()}[?'b'].hasValue()", "b'\\xff\\000' + bytes(self.name) != b''",
        "self.a.sortBy(x, -x).slice(0, 1) == [1]", "sets.equivalent(self.a, [1, 2]) ? 1u : 2u", "self.name.split(',').map(x, x.trim()).join(';').replace('a', 'b')",
    ];

    private static readonly string[] Tokens =
    [
        "self", "oldSelf", ".", "a", "b", "name", "(", ")", "[", "]", "{", "}", ",", ":", "?", ".?", "[?", "&&", "||", "!", "-", "+", "*", "/", "%", "<", "<=", "==", "!=", ">", ">=",
        " in ", "1", "0", "-1", "2u", "1.5", "1e308", "9223372036854775807", "'x'", "''", "b'x'", "\"\"\"", "r'\\d'", "null", "true", "false", "x", "y", "=", "'", "\\", "//", "\n", "😀",
        "size(", ".all(x, ", ".exists(x, ", ".map(x, ", ".filter(x, ", "has(", ".size()", "dyn(", "type(", "string(", "int(", "optional.of(", "as", "__namespace__",
    ];

    private static readonly string[] Members =
    [
        "size()", "contains('a')", "startsWith('')", "matches('a+')", "matches(self.name)", "split('')", "split(',', 2)", "substring(1)", "charAt(1)", "replace('', 'ab')", "trim()",
        "join('-')", "sum()", "min()", "max()", "isSorted()", "indexOf('a')", "lastIndexOf(1)", "flatten()", "flatten(5)", "distinct()", "reverse()", "sort()", "slice(0, 1)",
        "find('[0-9]+')", "findAll('.', 3)", "getHours()", "getFullYear('-05:00')", "hasValue()", "value()", "orValue(1)", "or(optional.none())", "unwrapOpt()", "format([1])",
        "lowerAscii()", "family()", "isInteger()", "asApproximateFloat()", "prefixLength()", "getHost()", "validate('a')",
    ];

    private static readonly string[] Functions =
    [
        "size", "string", "int", "uint", "double", "bool", "bytes", "dyn", "type", "duration", "timestamp", "optional.of", "optional.ofNonZeroValue", "quantity", "isQuantity", "ip", "isIP",
        "cidr", "isCIDR", "url", "isURL", "semver", "isSemver", "lists.range", "strings.quote", "format.named", "optional.unwrap",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"];

    private static readonly string[] Macros = ["all", "exists", "exists_one", "filter", "map", "sortBy", "optMap", "optFlatMap", "transformList", "transformMap", "transformMapEntry"];

    public string Next() => random.Next(10) switch
    {
        0 => Noise(),
        1 => Salad(),
        2 or 3 => Mutated(Samples[random.Next(Samples.Length)]),
        4 => Mutated(Grown(4)),
        5 => Deep(),
        _ => Grown(random.Next(2, 6)),
    };

    private string Grown(int depth)
    {
        if (depth <= 0 || random.Next(8) == 0)
        {
            return Leaf();
        }
        // Half of the parts are of any type, so that more than a tenth compiles and errors show at run time.
        string Part() => random.Next(2) == 0 ? $"dyn({Grown(depth - 1)})" : Grown(depth - 1);
        switch (random.Next(11))
        {
            case 0 or 1:
                return $"({Part()} {Operators[random.Next(Operators.Length)]} {Part()})";
            case 2:
                return $"({Part()} ? {Part()} : {Part()})";
            case 3:
                return $"{Part()}.{Members[random.Next(Members.Length)]}";
            case 4:
                return $"{Functions[random.Next(Functions.Length)]}({Part()})";
            case 5:
                string macro = Macros[random.Next(Macros.Length)];
                bool hasTwo = macro.StartsWith("transform", StringComparison.Ordinal) || random.Next(4) == 0;
                return $"{Part()}.{macro}(x, {(hasTwo ? "y, " : "")}{Part()})";
            case 6:
                return $"[{Part()}, {(random.Next(8) == 0 ? "?" : "")}{Part()}]";
            case 7:
                return "{" + $"{Part()}: {Part()}, {(random.Next(8) == 0 ? "?" : "")}'k': {Part()}" + "}";
            case 8:
                return $"{Part()}[{(random.Next(4) == 0 ? "?" : "")}{Part()}]";
            case 9:
                return random.Next(2) == 0 ? $"has({Part()}.a)" : $"{Part()}.{(random.Next(3) == 0 ? "?" : "")}{(random.Next(2) == 0 ? "a" : "name")}";
            default:
                return random.Next(2) == 0 ? $"dyn({Part()})" : $"!{Part()}";
        }
    }

    private string Leaf() => random.Next(14) switch
    {
        0 or 1 or 2 => "self",
        3 => "self.a",
        4 => "self.name",
        5 => "oldSelf",
        6 => random.Next(4) == 0 ? "x" : "self",
        7 => random.Next(-3, 5).ToString(CultureInfo.InvariantCulture),
        8 => random.Next(2) == 0 ? "9223372036854775807" : "-9223372036854775808",
        9 => random.Next(2) == 0 ? "1.5" : "18446744073709551615u",
        10 => random.Next(2) == 0 ? "'a😀b'" : "'10.0.0.1'",
        11 => random.Next(2) == 0 ? "true" : "null",
        12 => random.Next(2) == 0 ? "[]" : "{}",
        _ => random.Next(2) == 0 ? "duration('1h')" : "timestamp('2025-01-31T12:00:00Z')",
    };

    private string Salad()
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 30); i > 0; i--)
        {
            text.Append(Tokens[random.Next(Tokens.Length)]).Append(random.Next(3) == 0 ? " " : "");
        }
        return text.ToString();
    }

    private string Noise()
    {
        var text = new char[random.Next(1, 40)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)(random.Next(8) == 0 ? random.Next(0x10000) : random.Next(' ', 127));
        }
        return new string(text);
    }

    private string Deep()
    {
        string[] before = ["(", "[", "!", "-", "[1].all(x, ", "size(", "{1: ", "true ? 1 : ", "self.a.map(x, "];
        string[] after = [")", "]", "", "", ")", ")", "}", "", ")"];
        int kind = random.Next(before.Length);
        int times = random.Next(1, 400);
        return string.Concat(Enumerable.Repeat(before[kind], times)) + Grown(2) + string.Concat(Enumerable.Repeat(after[kind], times));
    }

    private string Mutated(string text)
    {
        for (int i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)),
                1 => text.Insert(at, Tokens[random.Next(Tokens.Length)]),
                _ => text[..at] + Samples[random.Next(Samples.Length)][..5] + text[at..],
            };
        }
        return text;
    }
}
