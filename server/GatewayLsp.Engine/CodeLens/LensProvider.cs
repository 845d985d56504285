using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>textDocument/codeLens: where lenses are. What they say costs more and is only asked for those that are seen.</summary>
internal static class LensProvider
{
    public static ImmutableArray<LensItem> Lenses(Workspace workspace, string path, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        var lenses = ImmutableArray.CreateBuilder<LensItem>();
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (one.Name.Length > 0 && one.Node.Get("metadata") is YamlMapping)
                {
                    Add(lenses, workspace, slot, one);
                    AddLive(lenses, workspace, path, slot, one);
                }
            }
        }
        return lenses.DrainToImmutable();
    }

    private static void Add(ImmutableArray<LensItem>.Builder lenses, Workspace workspace, DocumentSlot slot, ManifestObject one)
    {
        ObjectKey key = ResourceIndex.KeyOf(one, workspace.Catalog);
        LineRange head = slot.RangeOf(FirstLine(slot.Document, one.Node.Span));
        switch (one.View())
        {
            case Route:
                lenses.Add(new LensItem(head, LensKind.Route, key, null));
                lenses.Add(new LensItem(head, LensKind.Trace, key, null));
                lenses.Add(new LensItem(head, LensKind.Topology, key, null));
                break;
            case Gateway:
                lenses.Add(new LensItem(head, LensKind.Trace, key, null));
                lenses.Add(new LensItem(head, LensKind.Topology, key, null));
                AddListeners(lenses, slot, one, key);
                break;
            case ListenerSet:
                AddListeners(lenses, slot, one, key);
                break;
            case Service when one.Kind == "Service":
                lenses.Add(new LensItem(head, LensKind.Service, key, null));
                break;
        }
    }

    private static void AddLive(ImmutableArray<LensItem>.Builder lenses, Workspace workspace, string path, DocumentSlot slot, ManifestObject one)
    {
        if (!workspace.Live.IsEmpty && (one.Gvk.Group == ApiGroups.Gateway || one.View() is Service) && !workspace.Live.For(workspace, path, slot.Document).IsEmpty)
        {
            lenses.Add(new LensItem(slot.RangeOf(FirstLine(slot.Document, one.Node.Span)), LensKind.Live, ResourceIndex.KeyOf(one, workspace.Catalog), null));
        }
    }

    private static void AddListeners(ImmutableArray<LensItem>.Builder lenses, DocumentSlot slot, ManifestObject one, ObjectKey key)
    {
        if (one.At("spec", "listeners") is not YamlSequence listeners)
        {
            return;
        }
        foreach (YamlNode item in listeners.Items)
        {
            // Behind an alias it stands elsewhere, and has its lens there.
            if (item is YamlMapping listener && listener.Find("name")?.Value is YamlScalar name && name.Text() is { Length: > 0 } text)
            {
                lenses.Add(new LensItem(slot.RangeOf(name.Span), LensKind.Listener, key, text));
            }
        }
    }

    private static TextSpan FirstLine(ManifestDocument document, TextSpan span)
    {
        int end = document.Lines.LineEnd(document.Lines.LineOf(span.Start));
        return TextSpan.FromBounds(span.Start, Math.Min(span.End, Math.Max(span.Start, end)));
    }
}
