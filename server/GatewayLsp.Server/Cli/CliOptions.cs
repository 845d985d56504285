using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GatewayLsp.Engine.Localization;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Configuration;

namespace GatewayLsp.Server.Cli;

/// <summary>Options that several commands share, with one name, text and meaning.</summary>
internal static class CliOptions
{
    /// <summary>The release whose schemas are bundled.</summary>
    public const string BundledVersion = "1.6";

    public static Option<string> Channel() => Choice("--channel", "Release channel of the Gateway API CRDs that the cluster has.", "standard", "experimental");

    /// <summary>The releases that a cluster may have, the bundled one first.</summary>
    public static readonly string[] GatewayApiVersions = [BundledVersion, "1.5", "1.4", "1.3", "1.2", "1.1", "1.0"];

    public static Option<string> GatewayApiVersion() =>
        Choice("--gateway-api-version", "Minor version of the Gateway API that the cluster has; check and dry-run tell what is newer.", GatewayApiVersions);

    /// <summary>Null for the bundled version.</summary>
    public static int? MinorOf(string? version) => version is null or BundledVersion ? null : int.Parse(version.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);

    public static Option<string> Color() =>
        Choice("--color", "Colours in text output: auto means on a terminal, unless NO_COLOR is set.", "auto", "always", "never");

    public static Option<string> Language() => Choice("--lang", "Language of messages; auto means that of the environment (LC_ALL, LC_MESSAGES, LANG) in text output, else English.", "auto", "en", "ko");

    /// <param name="isText">Whether people read the output: what machines read depends on no environment.</param>
    /// <returns>Null for English.</returns>
    public static PhraseBook? PhrasesOf(string? choice, bool isText, Terminal terminal) => choice is "en" or "ko"
        ? PhraseBook.For(choice)
        : isText ? PhraseBook.For(LocaleVariables.Select(terminal.Variable).FirstOrDefault(static value => !string.IsNullOrEmpty(value))) : null;

    /// <summary>In the order in which POSIX lets them count.</summary>
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Channel ChannelOf(string? text) => text == "experimental" ? Engine.Schemas.Channel.Experimental : Engine.Schemas.Channel.Standard;

    /// <summary>Who implements a class; read with <see cref="ImplementationsOf"/>.</summary>
    public static Option<string[]> Implementation()
    {
        var option = new Option<string[]>("--implementation")
        {
            Description = "Who implements a GatewayClass (or controller name, or mesh), as in ours=istio@1.30; may be given several times.",
            HelpName = "CLASS=NAME[@VERSION]",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (Split(token.Value) is not { } pair)
                {
                    result.AddError($"--implementation: '{token.Value}' is not of the form CLASS=NAME[@VERSION]");
                }
                else if (ImplementationCatalog.Named(pair.Value.Split('@')[0]) is null)
                {
                    result.AddError($"--implementation: there is none called '{pair.Value.Split('@')[0]}'; known are {string.Join(", ", ImplementationCatalog.All.Select(one => one.Id))}");
                }
            }
        });
        return option;
    }

    public static ImmutableDictionary<string, string> ImplementationsOf(string[]? values)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string value in values ?? [])
        {
            if (Split(value) is { } pair)
            {
                found[pair.Key] = pair.Value;
            }
        }
        return found.ToImmutable();
    }

    /// <summary><c>KEY=VALUE</c>; null when it is not.</summary>
    private static (string Key, string Value)? Split(string text) =>
        text.LastIndexOf('=') is > 0 and var at && at < text.Length - 1 ? (text[..at], text[(at + 1)..]) : null;

    /// <summary>Which files are for which cluster; read with <see cref="ClustersOf"/>.</summary>
    public static Option<string[]> Cluster()
    {
        var option = new Option<string[]>("--cluster")
        {
            Description = "Files or folders (globs) that are for a cluster, as in east=clusters/east; may be given several times.",
            HelpName = "NAME=GLOB",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (Split(token.Value) is null)
                {
                    result.AddError($"--cluster: '{token.Value}' is not of the form NAME=GLOB");
                }
                else if (FaultOf(token.Value) is { } fault)
                {
                    result.AddError($"--cluster: '{token.Value}': {fault}");
                }
            }
        });
        return option;
    }

    /// <summary>Why a glob can't fit any file; null when it can.</summary>
    private static string? FaultOf(string value)
    {
        string glob = Split(value)!.Value.Value;
        return glob.LastIndexOf('[') is >= 0 and var open && glob.IndexOf(']', open + 1) < 0 ? "a `[` in the glob is never closed"
            : glob.LastIndexOf('{') is >= 0 and var brace && glob.IndexOf('}', brace + 1) < 0 ? "a `{` in the glob is never closed"
            : null;
    }

    /// <summary>A glob as it is seen from the folder: absolute paths and ways up lead to the same files as relative ones.</summary>
    private static string FromFolder(string glob, string folder)
    {
        string full = Path.GetFullPath(glob, folder).Replace('\\', '/');
        string from = folder.Replace('\\', '/').TrimEnd('/') + "/";
        return full + "/" == from || full == from ? "**" : full.StartsWith(from, StringComparison.Ordinal) ? full[from.Length..] : full;
    }

    /// <param name="folder">What the globs are relative to.</param>
    public static ClusterMap ClustersOf(string[]? values, string folder)
    {
        var files = new SortedDictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (string value in values ?? [])
        {
            if (Split(value) is { } pair)
            {
                files[pair.Key] = files.GetValueOrDefault(pair.Key, []).Add(FromFolder(pair.Value, folder));
            }
        }
        return files.Count == 0 ? ClusterMap.None : new ClusterMap(
            [.. files.Keys.Select(name => new ClusterSettings(name))], new ClusterGlobs([folder], [.. files.Select(one => new ClusterFiles(one.Key, one.Value))]));
    }

    /// <summary>One of a few words; the first is the default.</summary>
    public static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0], HelpName = string.Join('|', values) };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!values.Contains(token.Value, StringComparer.Ordinal))
                {
                    result.AddError($"{name}: '{token.Value}' is not one of {string.Join(", ", values)}");
                }
            }
        });
        return option;
    }

    /// <summary>True when text output to stdout is to be coloured (https://no-color.org).</summary>
    public static bool UseColor(string? choice, Terminal terminal) => choice switch
    {
        "always" => true,
        "never" => false,
        _ => terminal.OutIsTerminal && string.IsNullOrEmpty(terminal.Variable("NO_COLOR")) && terminal.Variable("TERM") != "dumb",
    };
}
