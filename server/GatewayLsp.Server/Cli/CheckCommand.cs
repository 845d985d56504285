using System.Collections.Immutable;
using System.CommandLine;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Server.Cli.Check;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli;

/// <summary><c>gateway-lsp check</c>: its options.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders (searched for *.yaml, *.yml and *.json) or - for stdin.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> format = CliOptions.Choice("--format", "Form of the output.", "text", "json", "sarif", "github");
        var stdinPath = new Option<string>("--stdin-path") { Description = "Name under which stdin is reported.", HelpName = "NAME" };
        Option<string> channel = CliOptions.Channel();
        Option<string> version = CliOptions.GatewayApiVersion();
        Option<string> severity = CliOptions.Choice("--severity", "Leave out findings that weigh less than this.", "hint", "information", "warning", "error");
        var warningsAsErrors = new Option<bool>("--warnings-as-errors") { Description = "Treat warnings as errors." };
        var disable = new Option<string[]>("--disable")
        {
            Description = "Leave out findings of this code; may be given several times.",
            HelpName = "CODE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        Option<string[]> implementation = CliOptions.Implementation();
        Option<string[]> cluster = CliOptions.Cluster();
        var rulePages = new Option<string?>("--rule-pages")
        {
            Description = "Address of a folder with the pages of docs/rules, for links from sarif.",
            HelpName = "URL",
        };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print findings only: no counts, no progress." };
        Option<string> language = CliOptions.Language();
        Option<string> color = CliOptions.Color();
        Option<string[]> contexts = TargetDefinitions.Contexts();
        Option<string?> kubeconfig = ClusterOptions.Kubeconfig();

        var command = new Command("check",
            """
            Check manifests: YAML, fields, values and names, as the schemas of the API server have them.

            All files are checked as one workspace. Folders are searched without what git ignores, hidden folders and
            node_modules; a file that is named is always checked.
            Exit code: 0 no errors, 1 errors found, 2 wrong usage or a path that can't be read.
            """)
        {
            paths, format, stdinPath, channel, version, severity, warningsAsErrors, disable, implementation, cluster, contexts, kubeconfig, rulePages, quiet, language, color,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] disabled = parsed.GetValue(disable) ?? [];
            if (Array.Find(disabled, code => RuleCatalog.Find(code) is null) is { } unknown)
            {
                terminal.Error.Write(UsageError.Text(command, $"--disable: there is no rule '{unknown}'", RulesCommand.Nearest(unknown)));
                return ExitCode.Usage;
            }
            Uri? pages = null;
            if (parsed.GetValue(rulePages) is { } address && !Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out pages))
            {
                terminal.Error.Write(UsageError.Text(command, $"--rule-pages: '{address}' is no absolute address", null));
                return ExitCode.Usage;
            }
            bool isQuiet = parsed.GetValue(quiet);
            var options = new CheckOptions
            {
                Paths = parsed.GetValue(paths)!,
                Settings = WorkspaceSettings.Default with
                {
                    Channel = CliOptions.ChannelOf(parsed.GetValue(channel)),
                    GatewayApiMinor = CliOptions.MinorOf(parsed.GetValue(version)),
                    DisabledRules = [.. disabled],
                    Clusters = CliOptions.ClustersOf(parsed.GetValue(cluster), terminal.Folder),
                    Implementations = CliOptions.ImplementationsOf(parsed.GetValue(implementation)),
                },
                StdinName = parsed.GetValue(stdinPath) ?? "<stdin>",
                Least = SeverityOf(parsed.GetValue(severity)),
                WarningsAsErrors = parsed.GetValue(warningsAsErrors),
                Phrases = CliOptions.PhrasesOf(parsed.GetValue(language), isText: parsed.GetValue(format) == "text", terminal),
            };
            IProgressLine progress = terminal.ErrorIsTerminal && !isQuiet ? new ProgressLine(terminal.Error, TimeSpan.FromMilliseconds(700)) : new NoProgress();
            using TextWriter output = terminal.OpenWriter();
            var targets = new TargetDefinitions(command, parsed.GetValue(kubeconfig), parsed.GetValue(contexts) ?? [], terminal);
            IReport report = parsed.GetValue(format) switch
            {
                "json" => new JsonReport(terminal.Out),
                "sarif" => new SarifReport(terminal.Out, pages),
                "github" => new GithubReport(output),
                _ => new TextReport(output, CliOptions.UseColor(parsed.GetValue(color), terminal), isQuiet),
            };
            return await new CheckRun(options, terminal, progress).ExecuteAsync(report, targets, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static DiagnosticSeverity SeverityOf(string? word) => word switch
    {
        "error" => DiagnosticSeverity.Error,
        "warning" => DiagnosticSeverity.Warning,
        "information" => DiagnosticSeverity.Information,
        _ => DiagnosticSeverity.Hint,
    };
}
