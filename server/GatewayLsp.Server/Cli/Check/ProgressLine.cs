using System.Diagnostics;

namespace GatewayLsp.Server.Cli.Check;

/// <summary>Tells how far a run is.</summary>
internal interface IProgressLine
{
    void Tell(int done, int all);

    void Clear();
}

/// <summary>
/// One line on stderr that is written over and taken away at the end. It moves no cursor and hides none, so that Ctrl-C
/// leaves the terminal as it was.
/// </summary>
/// <param name="patience">Runs that end before show nothing.</param>
internal sealed class ProgressLine(TextWriter error, TimeSpan patience) : IProgressLine
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = patience;
    private int _written;

    public void Tell(int done, int all)
    {
        if (_clock.Elapsed < _next || done == all)
        {
            return;
        }
        _next = _clock.Elapsed + Pace;
        string text = $"checking {done} of {all} files";
        error.Write("\r" + text.PadRight(_written));
        error.Flush();
        _written = text.Length;
    }

    public void Clear()
    {
        if (_written > 0)
        {
            error.Write("\r" + new string(' ', _written) + "\r");
            error.Flush();
            _written = 0;
        }
    }
}

/// <summary>For pipes and files: nobody watches.</summary>
internal sealed class NoProgress : IProgressLine
{
    public void Tell(int done, int all)
    {
    }

    public void Clear()
    {
    }
}
