using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>Asks before anything is written. Protected targets want their context's name, also with <c>--yes</c>.</summary>
internal sealed class Confirmation(Terminal terminal, bool yes, string[] confirmed)
{
    private const int MaxAnswer = 1000;

    private Stream? _input;

    /// <summary>False after the reason was told.</summary>
    public bool Ask(string question, IEnumerable<ClusterTarget> targets)
    {
        foreach (ClusterTarget target in targets.Where(target => target.IsProtected && !confirmed.Contains(target.Context, StringComparer.Ordinal)))
        {
            if (!terminal.InIsTerminal)
            {
                terminal.Error.Write($"error: {Printable.Of(target.Context)} is protected: nothing is written without --confirm {Printable.Of(target.Context)}\n");
                return false;
            }
            terminal.Error.Write($"{Printable.Of(target.Context)} is protected. Type its name to go on: ");
            if (Answer() != target.Context)
            {
                terminal.Error.Write("Nothing was written.\n");
                return false;
            }
        }
        if (yes)
        {
            return true;
        }
        if (!terminal.InIsTerminal)
        {
            terminal.Error.Write("error: there is no terminal to confirm at; nothing is written without --yes\n");
            return false;
        }
        terminal.Error.Write(question + " Type yes to go on: ");
        if (Answer() is "yes" or "y")
        {
            return true;
        }
        terminal.Error.Write("Nothing was written.\n");
        return false;
    }

    /// <summary>One line, read byte by byte: what follows it is for the next question.</summary>
    private string Answer()
    {
        var line = new List<byte>();
        _input ??= terminal.In();
        while (line.Count < MaxAnswer && _input.ReadByte() is >= 0 and not '\n' and var next)
        {
            line.Add((byte)next);
        }
        return Encoding.UTF8.GetString([.. line]).Trim();
    }
}
