using System.Diagnostics;
using System.Globalization;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// Dry-runs a second on one core, with reading the text and without, and how much of one are defaulting and validation rules.
/// Run with <c>verdict</c>.
/// </summary>
internal static class VerdictRate
{
    private const int Rounds = 15;

    public static void Run(TextWriter output)
    {
        var benchmarks = new VerdictBenchmarks();
        benchmarks.Load();
        (string Name, Func<int> Work, double[] Times)[] parts =
        [
            ("read", benchmarks.Read, new double[Rounds]), ("dry-run", benchmarks.DryRuns, new double[Rounds]),
            ("rules", benchmarks.RulesAlone, new double[Rounds]), ("structure", benchmarks.StructureAlone, new double[Rounds]),
        ];
        // In turns, so that what else the machine does hits all of them; the first rounds warm up.
        for (int round = -5; round < Rounds; round++)
        {
            foreach ((_, Func<int> work, double[] times) in parts)
            {
                long start = Stopwatch.GetTimestamp();
                work();
                if (round >= 0)
                {
                    times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / VerdictBenchmarks.Objects;
                }
            }
        }
        foreach ((string name, _, double[] times) in parts)
        {
            Array.Sort(times);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {times[Rounds / 2],7:F1} µs an object"));
        }
        double read = parts[0].Times[Rounds / 2];
        double dryRun = parts[1].Times[Rounds / 2];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{1e6 / (read + dryRun):F0} dry-runs a second from text, {1e6 / dryRun:F0} of what is read; defaulting and rules are {parts[2].Times[Rounds / 2] / dryRun:P0} of a dry-run, {parts[2].Times[Rounds / 2] / (read + dryRun):P0} with reading"));
    }
}
