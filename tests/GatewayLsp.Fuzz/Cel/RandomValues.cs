using GatewayLsp.Engine.Model;

namespace GatewayLsp.Fuzz.Cel;

/// <summary>Makes values for rules to look at, most of them with the fields that the expressions ask for.</summary>
internal sealed class RandomValues(Random random)
{
    private static readonly string[] Texts = ["", "a", "x,y", "10.0.0.1", "::1", "1Gi", "1.2.3", "1h", "2025-01-31T12:00:00Z", "https://a.b/c?d=e", "😀", "a{3}", "(", "\0"];

    public PlainValue Next() => random.Next(5) == 0 ? Any(3) : Map(
        ("a", random.Next(4) == 0 ? Any(2) : List([.. Enumerable.Range(0, random.Next(6)).Select(_ => new PlainInteger(random.Next(4), null))])),
        ("b", Map(("a", Text()), ("b", Text()))),
        ("name", random.Next(6) == 0 ? Any(1) : Text()),
        ("any", Any(3)));

    /// <summary>The same value with some parts unknown.</summary>
    public PlainValue Blurred(PlainValue value)
    {
        if (random.Next(6) == 0)
        {
            return new PlainUnknown(null);
        }
        return value switch
        {
            PlainList list => List([.. list.Items.Select(Blurred)]),
            PlainMap map => new PlainMap([.. map.Members.Select(m => KeyValuePair.Create(m.Key, Blurred(m.Value)))], null),
            _ => value,
        };
    }

    private PlainValue Any(int depth) => random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => new PlainNull(null),
        1 => new PlainBoolean(random.Next(2) == 0, null),
        2 => new PlainInteger(random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(5), null),
        3 => new PlainNumber(random.NextDouble() * 10, null),
        4 => new PlainUnknown(null),
        5 or 6 => Text(),
        7 => List([.. Enumerable.Range(0, random.Next(5)).Select(_ => Any(depth - 1))]),
        _ => Map(("a", Any(depth - 1)), ("name", Any(depth - 1))),
    };

    private PlainText Text() => new(Texts[random.Next(Texts.Length)], null);

    private static PlainList List(PlainValue[] items) => new(items, null);

    private static PlainMap Map(params (string Name, PlainValue Value)[] members) => new([.. members.Select(m => KeyValuePair.Create(m.Name, m.Value))], null);
}
