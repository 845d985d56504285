using System.Diagnostics;

namespace GatewayLsp.Fuzz;

/// <summary>Takes away as much of an input as it can while the failure stays.</summary>
internal static class Minimizer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static string Smallest(string text, Func<string, bool> fails)
    {
        var clock = Stopwatch.StartNew();
        bool shrunk = true;
        while (shrunk && clock.Elapsed < Patience)
        {
            shrunk = false;
            for (int size = Math.Max(1, text.Length / 2); size >= 1; size /= 2)
            {
                for (int at = 0; at + size <= text.Length && clock.Elapsed < Patience;)
                {
                    string smaller = text.Remove(at, size);
                    if (fails(smaller))
                    {
                        text = smaller;
                        shrunk = true;
                    }
                    else
                    {
                        at += size;
                    }
                }
            }
        }
        return text;
    }
}
