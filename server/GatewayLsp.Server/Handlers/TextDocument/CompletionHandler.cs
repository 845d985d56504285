using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/completion</c>.</summary>
internal sealed class CompletionHandler(RecentCompletions recent) : IReadHandler<DocumentPositionParams, CompletionList>
{
    private static readonly CompletionList Nothing = new(false, []);

    public CompletionList Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.Completion)
        {
            return Nothing;
        }

        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        var list = snapshot.Analysis.Complete(key, Convert.ToEngine(parameters.Position), token);
        return list.Items.IsEmpty && !list.IsIncomplete
            ? Nothing
            : ConvertCompletion.ToLsp(list, snapshot.Client, Blanks(snapshot, key, list.Range.Start), recent.Keep(list));
    }

    /// <summary>The blanks that a line begins with, up to the position.</summary>
    private static string Blanks(Snapshot snapshot, string key, LinePosition position)
    {
        if (snapshot.Analysis.Workspace.File(key) is not { } file)
        {
            return "";
        }

        var slot = file.Manifest.At(position);
        var line = slot.Document.Lines.Line(position.Line - slot.StartLine);
        var head = line[..Math.Min(line.Length, position.Character)];
        return head[..^head.TrimStart(" \t").Length].ToString();
    }
}
