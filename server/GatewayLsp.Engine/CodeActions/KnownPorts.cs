using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Diagnostics.Rules.Fields;
using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>
/// Puts the ports of the Service in place of the guess that a document alone allows. Done when a fix is asked for, so that the
/// finding itself needs nothing but its document.
/// </summary>
internal static class KnownPorts
{
    private const int MaxOffered = 8;

    public static FileDiagnostic Filled(FileDiagnostic finding, Workspace workspace)
    {
        if (finding.Diagnostic is not { Code: MissingBackendPortRule.Name, Fixes: [var guess], Object: { } one } diagnostic
            || BackendOf(diagnostic, one) is not { } backend || WorkspaceFacts.PortsOf(workspace, backend.Namespace, backend.Service) is not { } ports)
        {
            return finding;
        }
        return finding with { Diagnostic = diagnostic with { Fixes = [.. ports.Take(MaxOffered).Select(port => With(guess, port, isOnly: ports.Length == 1))] } };
    }

    private static Fix With(Fix guess, KnownPort port, bool isOnly)
    {
        string number = port.Port.ToString(CultureInfo.InvariantCulture);
        return new Fix($"Add `port: {number}`{(port.Name.Length > 0 && !isOnly ? $" ({port.Name})" : "")}",
            [.. guess.Edits.Select(edit => edit with { NewText = Replaced(edit.NewText, number) })], isOnly);
    }

    private static string Replaced(string text, string number)
    {
        int at = text.LastIndexOf(MissingBackendPortRule.Guess, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), number, text.AsSpan(at + MissingBackendPortRule.Guess.Length));
    }

    private static (string Namespace, string Service)? BackendOf(Diagnostic finding, ManifestObject one)
    {
        foreach (YamlNode node in one.Node.DescendantsAndSelf())
        {
            // The finding is on the name.
            if (node is YamlScalar && node.Span == finding.Span && node.Owner is YamlEntry { Name: "name" } && node.Parent is { } backend && node.Text() is { Length: > 0 } name)
            {
                return (backend.At("namespace").Text() ?? one.NamespaceOrDefault, name);
            }
        }
        return null;
    }
}
