using System.Collections.Immutable;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Contexts;

/// <summary>For people: a line per context, its label, and its version or what is wrong.</summary>
internal static class ContextsText
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    public static void Write(ImmutableArray<ContextState> states, TextWriter output, bool color)
    {
        IAnsiConsole console = Consoles.On(output, color);
        int name = Width(states, state => state.Target.Context);
        int label = Width(states, state => LabelOf(state));
        var text = new Paragraph();
        foreach (ContextState state in states)
        {
            text.Append(state.IsReachable switch { true => "ok   ", false => "bad  ", null => "     " }, state.IsReachable == true ? Good : Bad);
            string outcome = Printable.Of(state.Version?.GitVersion ?? state.Error?.Message ?? "");
            text.Append(Printable.Of(state.Target.Context).PadRight(name + 2), Strong);
            text.Append(outcome.Length == 0 ? Printable.Of(LabelOf(state)) : Printable.Of(LabelOf(state)).PadRight(label + 2), Faint);
            text.Append(outcome + "\n");
            if (state.Target.Insecurity is { } insecurity)
            {
                text.Append("       " + insecurity + "\n", Bad);
            }
            foreach (string line in (state.Error?.Hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                text.Append("       " + Printable.Of(line) + "\n", Faint);
            }
        }
        console.Write(text);
    }

    /// <summary>A label that only repeats the name says nothing.</summary>
    private static string LabelOf(ContextState state) => state.Target.Label == state.Target.Context ? "" : state.Target.Label;

    private static int Width(ImmutableArray<ContextState> states, Func<ContextState, string> of)
    {
        int width = 0;
        foreach (ContextState state in states)
        {
            width = Math.Max(width, Printable.Of(of(state)).Length);
        }
        return Math.Min(width, 80);
    }
}
