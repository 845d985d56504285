using System.CommandLine;
using System.Text.Json;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Server.Cli.Report;
using Spectre.Console;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp rules</c>: what codes there are, and the page of each.</summary>
internal static class RulesCommand
{
    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string?>("CODE") { Description = "Print the documentation of this code.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json");
        Option<string> color = CliOptions.Color();
        var command = new Command("rules", "List the codes of all findings, or explain one.") { code, format, color };
        command.SetAction(parsed =>
        {
            bool isJson = parsed.GetValue(format) == "json";
            if (parsed.GetValue(code) is { } wanted)
            {
                if (RuleCatalog.Find(wanted) is not { } rule)
                {
                    terminal.Error.Write(UsageError.Text(command, $"there is no rule '{wanted}'", Nearest(wanted)));
                    return ExitCode.Usage;
                }
                Explain(rule, isJson, terminal);
                return ExitCode.Fine;
            }
            if (isJson)
            {
                ListAsJson(terminal.Out);
            }
            else
            {
                List(terminal, CliOptions.UseColor(parsed.GetValue(color), terminal));
            }
            return ExitCode.Fine;
        });
        return command;
    }

    public static string? Nearest(string code) => UsageError.Nearest(code, RuleCatalog.All.Select(r => r.Code));

    private static void List(Terminal terminal, bool color)
    {
        using TextWriter output = terminal.OpenWriter();
        IAnsiConsole console = Consoles.On(output, color);
        int width = RuleCatalog.All.Max(r => r.Code.Length);
        var text = new Paragraph();
        foreach (IRule rule in RuleCatalog.All.OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            text.Append(rule.Code.PadRight(width + 2), new Style(decoration: Decoration.Bold));
            text.Append(RuleDocs.Name(rule.Severity).PadRight(13), TextReport.StyleOf(rule.Severity));
            text.Append(RuleDocs.Name(rule.Source).PadRight(10), new Style(Color.Grey));
            text.Append(rule.Title + "\n");
        }
        console.Write(text);
    }

    private static void Explain(IRule rule, bool isJson, Terminal terminal)
    {
        if (isJson)
        {
            using var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options);
            Write(json, rule, withPage: true);
            json.Flush();
            terminal.Out.Write("\n"u8);
            return;
        }
        using TextWriter output = terminal.OpenWriter();
        output.Write(RuleDocs.Markdown(rule));
    }

    private static void ListAsJson(Stream output)
    {
        using var json = new Utf8JsonWriter(output, JsonReport.Options);
        json.WriteStartObject();
        json.WriteStartArray("rules");
        foreach (IRule rule in RuleCatalog.All.OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            Write(json, rule, withPage: false);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, IRule rule, bool withPage)
    {
        json.WriteStartObject();
        json.WriteString("code", rule.Code);
        json.WriteString("severity", RuleDocs.Name(rule.Severity));
        json.WriteString("source", RuleDocs.Name(rule.Source));
        json.WriteString("title", rule.Title);
        if (withPage)
        {
            json.WriteString("markdown", RuleDocs.Markdown(rule));
        }
        json.WriteEndObject();
    }
}
