using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;

namespace GatewayLsp.Server.Cli;

/// <summary>Tells what is wrong with a command line, names the nearest right word and where the help is.</summary>
internal static class UsageError
{
    /// <summary>Null when there is nothing wrong.</summary>
    public static string? Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (UnknownOption(parsed) is { } unknown)
        {
            string name = unknown.Split('=', 2)[0];
            return Text(command, $"unknown option '{name}'", Nearest(name, OptionNames(command)));
        }
        if (parsed.Errors.Count == 0)
        {
            return null;
        }
        if (command.Subcommands.Count > 0)
        {
            string? word = parsed.UnmatchedTokens.FirstOrDefault() ?? parsed.Tokens.LastOrDefault(t => t.Type == TokenType.Argument)?.Value;
            return word is null
                ? Text(command, $"{command.Name} needs a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}", null)
                : Text(command, $"unknown command '{word}'", Nearest(word, command.Subcommands.Select(c => c.Name)));
        }
        if (parsed.CommandResult.Command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing)
        {
            return Text(command, $"{missing.Name} is missing", null);
        }
        if (command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is (null or { Implicit: true })) is { } required)
        {
            return Text(command, $"{required.Name} is missing{(required.Name == "--context" ? ": name a cluster of the kubeconfig; gateway-lsp contexts lists them" : "")}", null);
        }
        return Text(command, parsed.Errors[0].Message, null);
    }

    public static string Text(Command command, string message, string? nearest)
    {
        var text = new StringBuilder("error: ").Append(message);
        text.Append(nearest is null ? "\n" : $"; did you mean '{nearest}'?\n");
        return text.Append("See 'gateway-lsp ").Append(command is RootCommand ? "" : PathOf(command) + " ").Append("--help'.\n").ToString();
    }

    /// <summary>The candidate that a slip of the fingers leads away from: at most a third of its letters differ.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word.ToLowerInvariant(), candidate);
            if (distance < least && distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3))
            {
                (best, least) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>A word that looks like an option where a path was expected: the parser would take it for a file.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                break;
            }
            if (token is { Type: TokenType.Argument, Value.Length: > 1 } && token.Value[0] == '-' && !char.IsAsciiDigit(token.Value[1]) && !IsValueOfOption(parsed, token))
            {
                return token.Value;
            }
        }
        return parsed.UnmatchedTokens.FirstOrDefault(t => t.Length > 1 && t[0] == '-');
    }

    private static bool IsValueOfOption(ParseResult parsed, Token token) =>
        parsed.CommandResult.Children.OfType<OptionResult>().Any(option => option.Tokens.Contains(token));

    private static IEnumerable<string> OptionNames(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (Option option in at.Options.Where(o => at == command || o.Recursive))
            {
                yield return option.Name;
                foreach (string alias in option.Aliases)
                {
                    yield return alias;
                }
            }
        }
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? PathOf(parent) + " " + command.Name : command.Name;

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
