using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Tests.Completion.Replay;

/// <summary>Figures of a replay, as a table for people and as shares for assertions.</summary>
internal sealed class ReplayTable(IReadOnlyList<Keystroke> strokes)
{
    public double Offered(bool isValue, Func<Keystroke, bool>? of = null) => Share(isValue, of, s => s.Rank > 0);

    public double Applies(bool isValue, Func<Keystroke, bool>? of = null) => Share(isValue, of, s => s.Applies);

    public double First(bool isValue, Func<Keystroke, bool>? of = null) => Share(isValue, of, s => s.Rank == 1);

    public double Median(Func<Keystroke, bool> of)
    {
        double[] times = [.. strokes.Where(of).Select(s => s.Microseconds).Order()];
        return times.Length == 0 ? 0 : times[times.Length / 2];
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (bool isValue in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (ReplayMode mode in Enum.GetValues<ReplayMode>())
            {
                foreach ((string name, Func<Keystroke, bool> typed) in ((string, Func<Keystroke, bool>)[])[("all", _ => true), ("0", s => s.Typed == 0), ("1", s => s.Typed == 1)])
                {
                    bool Here(Keystroke s) => s.Mode == mode && typed(s);
                    int count = strokes.Count(s => s.IsValue == isValue && Here(s));
                    if (count > 0)
                    {
                        text.AppendLine(CultureInfo.InvariantCulture,
                            $"{(isValue ? "values" : "keys")} {mode,-6} typed {name,-3} n={count,6}  any={Offered(isValue, Here),6:f2}  @1={First(isValue, Here),6:f2}  applies={Applies(isValue, Here),6:f2}  p50={Median(s => s.IsValue == isValue && Here(s)),6:f0} us");
                    }
                }
            }
        }
        return text.ToString();
    }

    /// <summary>What was offered, but not first, although nothing or one letter was typed.</summary>
    public string Behind(int most) => string.Join('\n', strokes
        .Where(s => s.Rank > 1 && s.Typed <= 1)
        .GroupBy(s => (s.IsValue, s.Mode, s.Typed, Path: string.Join('.', s.Key.Path), Value: s.IsValue ? s.Key.Value : ""))
        .OrderByDescending(g => g.Count())
        .Take(most)
        .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count(),5} {(g.Key.IsValue ? "value" : "key")} {g.Key.Mode} typed {g.Key.Typed} {g.Key.Path} {g.Key.Value} rank {g.Average(s => s.Rank):f1} {g.First().File}:{g.First().Key.Line + 1}")));

    /// <summary>What was not offered, most often missed first.</summary>
    public string Missed(int most) => string.Join('\n', strokes
        .Where(s => s.Rank == 0 || !s.Applies)
        .GroupBy(s => (s.IsValue, s.Mode, Path: string.Join('.', s.Key.Path), Value: s.IsValue ? s.Key.Value : "", Lost: s.Rank == 0))
        .OrderByDescending(g => g.Count())
        .Take(most)
        .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count(),5} {(g.Key.IsValue ? "value" : "key")} {g.Key.Mode} {g.Key.Path} {g.Key.Value} {(g.Key.Lost ? "not offered" : "does not apply")} {g.First().File}:{g.First().Key.Line + 1} typed {g.First().Typed}")));

    private double Share(bool isValue, Func<Keystroke, bool>? of, Func<Keystroke, bool> good)
    {
        List<Keystroke> counted = [.. strokes.Where(s => s.IsValue == isValue && (of is null || of(s)))];
        return counted.Count == 0 ? 100 : 100.0 * counted.Count(good) / counted.Count;
    }
}
