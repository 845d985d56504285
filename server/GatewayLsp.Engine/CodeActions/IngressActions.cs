using System.Text;
using GatewayLsp.Engine.Migration.Ingresses;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>An Ingress as Gateway API objects, put behind it: both may serve until traffic has moved.</summary>
internal static class IngressActions
{
    public const string Kind = "refactor.rewrite.gatewayLsp.convert";

    public static IEnumerable<CodeActionItem> Of(Workspace workspace, string path, LineRange range)
    {
        if (workspace.File(path) is not { } file)
        {
            yield break;
        }
        DocumentSlot slot = file.Manifest.At(range.Start);
        foreach (ManifestObject one in ManifestObject.Of(slot.Document))
        {
            if (!IngressModel.IsIngress(one) || !slot.RangeOf(one.Node.Span).Overlaps(range) || slot.Document.IsTemplate)
            {
                continue;
            }
            IngressConversion conversion = IngressConverter.Convert(workspace, [(path, one), .. Related(workspace, one)], new ConversionOptions());
            if (conversion.Manifest.Length > 0)
            {
                yield return new CodeActionItem("Convert to Gateway and HTTPRoute", Kind, [new FileEdit(path, [Behind(slot, Text(one, conversion))])], [], IsPreferred: false);
            }
        }
    }

    /// <summary>Canaries of an Ingress, or what a canary is for: the one makes no sense without the other.</summary>
    private static IEnumerable<(string, ManifestObject)> Related(Workspace workspace, ManifestObject one)
    {
        bool isCanary = IsCanary(one);
        HashSet<string?> hosts = [.. Hosts(one)];
        foreach (IndexedObject other in workspace.Index.OfKind("networking.k8s.io", "Ingress").OrderBy(other => other.Object.Name, StringComparer.Ordinal))
        {
            if (!ReferenceEquals(other.Object.Node, one.Node) && other.Object.NamespaceOrDefault == one.NamespaceOrDefault && IsCanary(other.Object) != isCanary && Hosts(other.Object).Any(hosts.Contains))
            {
                yield return (other.Path, other.Object);
            }
        }
    }

    private static bool IsCanary(ManifestObject one) => one.At("metadata", "annotations", NginxCanary.Flag).Text() == "true";

    private static IEnumerable<string?> Hosts(ManifestObject one) =>
        one.At("spec", "rules") is YamlSequence rules ? rules.Items.Select(rule => rule.At("host").Text()) : [];

    private static string Text(ManifestObject one, IngressConversion conversion)
    {
        var text = new StringBuilder($"# From Ingress {one.Name}.");
        foreach (ConversionNote note in conversion.Notes)
        {
            text.Append(note.Kind == ConversionNoteKind.Lost ? "\n# Not converted: " : "\n# Note: ").Append(note.Subject).Append(": ").Append(note.Message);
        }
        return text.Append('\n').Append(conversion.Manifest).ToString();
    }

    private static TextEdit Behind(DocumentSlot slot, string text)
    {
        ManifestDocument document = slot.Document;
        int line = document.Lines.LineCount - 1;
        var end = new LinePosition(slot.StartLine + line, document.Lines.Line(line).Length);
        bool breaks = document.Lines.Line(line).Length > 0;
        return new TextEdit(new LineRange(end, end), (breaks ? "\n" : "") + "---\n" + (document.Text.Contains("\r\n", StringComparison.Ordinal) ? text.ReplaceLineEndings("\r\n") : text));
    }
}
