using System.Collections.Concurrent;
using System.Diagnostics;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Fuzz.Checks;
using GatewayLsp.Fuzz.Inputs;

namespace GatewayLsp.Fuzz;

/// <summary>
/// Tries texts on the engine: every prefix of every sample (typing) and random ones in turn, when those are through random ones
/// alone. The text of a number depends on seed and number alone, so <c>--only</c> brings one back.
/// </summary>
internal sealed class EngineFuzzer(FuzzOptions options, Corpus corpus, FailureLog log)
{
    /// <summary>Of processor time. All that is asked of a text, some twenty questions, takes milliseconds.</summary>
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);
    private const int SlowTries = 3;

    /// <summary>A thread that is still at it then will not come back.</summary>
    private static readonly TimeSpan HangAfter = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<int, (int Number, string Text, CpuClock Clock, TimeSpan Since)> _running = new();
    private readonly (int Sample, int First)[] _prefixes = Prefixes(corpus);
    private int _next = -1;
    private int _done;

    public int Done => _done;

    public void Run()
    {
        if (options.Only is { } only)
        {
            Try(only);
            return;
        }
        var clock = Stopwatch.StartNew();
        var threads = new Thread[Environment.ProcessorCount];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                for (int n = Interlocked.Increment(ref _next); n < options.Documents && clock.Elapsed < options.Time; n = Interlocked.Increment(ref _next))
                {
                    Try(n);
                }
            }, maxStackSize: 1 << 20) { IsBackground = true };
            threads[i].Start();
        }
        TimeSpan told = TimeSpan.Zero;
        while (Array.Exists(threads, t => t.IsAlive))
        {
            Thread.Sleep(250);
            Watch();
            if (clock.Elapsed - told > TimeSpan.FromSeconds(20))
            {
                told = clock.Elapsed;
                Console.WriteLine($"{_done} documents, {_done / clock.Elapsed.TotalSeconds:F0} a second, {log.Count} failures");
            }
        }
    }

    private void Try(int number)
    {
        var random = new Random(unchecked((options.Seed * 1_000_003) + number));
        string text = TextOf(number, random);
        int checks = random.Next();
        var clock = CpuClock.OfThisThread();
        TimeSpan start = clock.Now();
        _running[Environment.CurrentManagedThreadId] = (number, text, clock, start);
        if (Broken(text, checks) is { } exception)
        {
            log.Add(number, exception, text, smaller => Broken(smaller, checks));
        }
        else if (clock.Now() - start > SlowAfter && Slow(text, checks) is { } slow)
        {
            log.Add(number, slow, text, smaller => Slow(smaller, checks));
        }
        _running.TryRemove(Environment.CurrentManagedThreadId, out _);
        Interlocked.Increment(ref _done);
    }

    /// <summary>What goes wrong with a text, if anything; the same for the same text and number.</summary>
    private static Exception? Broken(string text, int seed)
    {
        try
        {
            TreeChecks.Check(text, ManifestFile.Parse("file:///a.yaml", text));
            ProviderChecks.Check(text, new Random(seed));
            EditChecks.Check(text, new Random(seed));
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Tried again, since the first times the code may have had to be compiled: what counts is the quickest.</summary>
    private static BrokenExpectation? Slow(string text, int seed)
    {
        for (int i = 0; i < SlowTries; i++)
        {
            var clock = CpuClock.OfThisThread();
            TimeSpan start = clock.Now();
            Broken(text, seed);
            if (clock.Now() - start <= SlowAfter)
            {
                return null;
            }
        }
        return new BrokenExpectation($"slow: more than {SlowAfter.TotalSeconds:F0} s");
    }

    private string TextOf(int number, Random random)
    {
        int typed = number / 2;
        if (number % 2 == 0 && typed < _prefixes[^1].First)
        {
            int at = Array.FindLastIndex(_prefixes, p => p.First <= typed);
            return corpus.Samples[_prefixes[at].Sample][..(typed - _prefixes[at].First)];
        }
        string text = corpus.All[random.Next(corpus.All.Count)];
        switch (random.Next(10))
        {
            case 0:
                return Mutator.Extreme(random);
            case 1:
                return Mutator.Mutate(corpus.All[random.Next(corpus.All.Count)] + "\n---\n" + text, random, corpus.All);
            case 2:
            case 3:
            {
                // Typing in the middle: the rest stands below.
                int to = random.Next(text.Length + 1);
                int from = Math.Max(0, to - random.Next(60));
                int cut = from + random.Next(to - from + 1);
                return string.Concat(text.AsSpan(0, cut), text.AsSpan(to));
            }
            case 4:
                return text[..random.Next(text.Length + 1)];
            default:
                return Mutator.Mutate(text, random, corpus.All);
        }
    }

    private static (int Sample, int First)[] Prefixes(Corpus corpus)
    {
        var starts = new List<(int, int)>();
        int first = 0;
        for (int i = 0; i < corpus.Samples.Count; i++)
        {
            starts.Add((i, first));
            first += corpus.Samples[i].Length + 1;
        }
        starts.Add((corpus.Samples.Count, first));
        return [.. starts];
    }

    /// <summary>A thread that hangs can't be stopped: its input is saved and the process ends.</summary>
    private void Watch()
    {
        foreach ((int number, string text, CpuClock clock, TimeSpan since) in _running.Values)
        {
            TimeSpan spent = clock.Now() - since;
            if (spent > HangAfter && !log.IsBusyWith(number) && !Debugger.IsAttached)
            {
                log.Hang(number, text, spent);
            }
        }
    }
}
