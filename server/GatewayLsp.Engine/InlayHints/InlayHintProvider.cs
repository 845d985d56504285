using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>textDocument/inlayHint: only documents and objects in the lines that the editor shows are looked at.</summary>
internal static class InlayHintProvider
{
    public static ImmutableArray<InlayHintItem> Hints(Workspace workspace, string path, LineRange range, InlayHintOptions options, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        ImmutableArray<DocumentSlot> documents = file.Manifest.Documents;
        var hints = ImmutableArray.CreateBuilder<InlayHintItem>();
        for (int i = file.Manifest.IndexAt(Math.Max(0, range.Start.Line)); i < documents.Length && documents[i].StartLine <= range.End.Line; i++)
        {
            var list = new HintList(documents[i], range, hints);
            foreach (ManifestObject one in ManifestObject.Of(documents[i].Document))
            {
                cancel.ThrowIfCancellationRequested();
                if (list.IsWanted(one.Node.Span))
                {
                    Of(workspace, path, one, options, list);
                }
            }
        }
        hints.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return hints.DrainToImmutable();
    }

    private static void Of(Workspace workspace, string path, ManifestObject one, InlayHintOptions options, HintList list)
    {
        if (one.View() is Route route)
        {
            if (options.Shares)
            {
                ShareHints.Add(one, list);
            }
            if (options.Hostnames)
            {
                HostnameHints.Add(workspace.Resolver, route, list);
            }
        }
        if (options.Defaults)
        {
            DefaultHints.Add(workspace, path, one, list);
        }
    }
}
