using System.Text.RegularExpressions;
using GatewayLsp.Engine.Completion.Sources;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Puts the Gateway and the Service of the object's namespace, where there is just one, in place of the invented names of a snippet.</summary>
internal static partial class KnownNames
{
    private const string Gateway = ":my-gateway}";
    private const string Service = ":my-service}";

    [GeneratedRegex(@"(?<name>:my-service\})(?<between>[^$]{0,80}port""?: \$\{\d+:)\d+\}", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceAndPort { get; }

    public static string In(string snippet, CompletionRequest request)
    {
        if (snippet.Contains(Gateway, StringComparison.Ordinal) && Only(request, ValueSource.GatewayGroup, "Gateway") is { } gateway)
        {
            snippet = snippet.Replace(Gateway, ":" + SnippetText.Escape(gateway.Name) + "}", StringComparison.Ordinal);
        }
        if (snippet.Contains(Service, StringComparison.Ordinal) && Only(request, "", "Service") is { } service)
        {
            if (OnlyPort(service) is { } port)
            {
                snippet = ServiceAndPort.Replace(snippet, match => match.Groups["name"].Value + match.Groups["between"].Value + port + "}");
            }
            snippet = snippet.Replace(Service, ":" + SnippetText.Escape(service.Name) + "}", StringComparison.Ordinal);
        }
        return snippet;
    }

    private static ManifestObject? Only(CompletionRequest request, string group, string kind)
    {
        string home = request.Scope.Namespace is { Length: > 0 } named ? named : "default";
        ManifestObject? only = null;
        foreach (var one in request.Workspace.IndexAtHand.OfKind(group, kind))
        {
            request.Cancel.ThrowIfCancellationRequested();
            if (one.Object.NamespaceOrDefault != home || one.Object.Name.Length == 0)
            {
                continue;
            }
            if (only is not null)
            {
                return null;
            }
            only = one.Object;
        }
        // A name with a template in it is no name to put in.
        return only?.At("metadata", "name") is YamlScalar { IsOpaque: false } ? only : null;
    }

    private static string? OnlyPort(ManifestObject service) =>
        service.At("spec", "ports") is YamlSequence { Items: [var item] } && item.Resolved().At("port").Text() is { } text && ushort.TryParse(text, out _) ? text : null;
}
