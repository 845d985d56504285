using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace GatewayLsp.Fuzz;

/// <summary>Collects failures, one per fault, each with the smallest input found for it, and saves those inputs.</summary>
internal sealed class FailureLog(string folder)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, bool> _busy = new();

    /// <summary>Different faults so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>True while the input of that number is being made smaller, which takes longer than a hang.</summary>
    public bool IsBusyWith(int number) => _busy.ContainsKey(number);

    public void Add(int number, Exception exception, string input, Func<string, Exception?> retry)
    {
        var failure = new Failure(number, Failure.Describe(exception), input, exception.ToString());
        lock (_gate)
        {
            if (_faults.TryGetValue(failure.Fault, out int seen))
            {
                _faults[failure.Fault] = seen + 1;
                return;
            }
            _faults.Add(failure.Fault, 1);
        }
        _busy[number] = true;
        string small = Minimizer.Smallest(input, text => retry(text) is { } again && Failure.Describe(again).Split('|')[0] == failure.Fault);
        Exception? last = retry(small);
        Report(failure with { Input = small, What = last is null ? failure.What : Failure.Describe(last) });
        _busy.TryRemove(number, out _);
    }

    public void Hang(int number, string input, TimeSpan after)
    {
        string what = $"hang: no end after {after.TotalSeconds:F0} s of processor time";
        Report(new Failure(number, what, input, what));
        Console.WriteLine("1 hang; ending");
        Environment.Exit(1);
    }

    /// <summary>How often each fault came up.</summary>
    public IReadOnlyList<(string Fault, int Times)> Faults()
    {
        lock (_gate)
        {
            return [.. _faults.Select(f => (f.Key, f.Value)).OrderByDescending(f => f.Value)];
        }
    }

    /// <param name="counts">A fault that did not come through <see cref="Add"/>.</param>
    public void Report(Failure failure, bool counts = false)
    {
        if (counts)
        {
            lock (_gate)
            {
                _faults[failure.Fault] = 1;
            }
        }
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{failure.Number}.yaml");
        // UTF-8 has no form for half a surrogate pair; UTF-16 takes anything.
        bool asUtf8 = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(failure.Input)) == failure.Input;
        File.WriteAllBytes(file, asUtf8 ? Encoding.UTF8.GetBytes(failure.Input) : [0xFF, 0xFE, .. MemoryMarshal.AsBytes(failure.Input.AsSpan())]);
        File.WriteAllText(Path.ChangeExtension(file, ".txt"), failure.What + "\n\n" + failure.Detail + "\n");
        lock (_gate)
        {
            Console.WriteLine($"FAILED {failure.Number}: {failure.What.ReplaceLineEndings(" ")}");
            Console.WriteLine($"  input ({failure.Input.Length}): {Shown(failure.Input)}");
            Console.WriteLine($"  saved: {file}");
        }
    }

    private static string Shown(string text) =>
        "\"" + (text.Length > 400 ? text[..400] + "..." : text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
