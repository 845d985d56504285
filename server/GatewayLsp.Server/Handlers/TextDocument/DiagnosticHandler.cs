using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Publishing;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary>
/// <c>textDocument/diagnostic</c>: the result id is a hash of the set, so an equal set is not sent again. While other files are
/// still being read it is the document's own findings, and the client is told when there are more.
/// </summary>
internal sealed class DiagnosticHandler(PulledSets pulled) : IReadHandler<DocumentDiagnosticParams, DocumentDiagnosticReport>
{
    public DocumentDiagnosticReport Handle(DocumentDiagnosticParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        var isEarly = snapshot.IsEarly(key);
        var found = isEarly ? snapshot.Analysis.DiagnoseAlone(key, snapshot.IsLoading, token) : snapshot.Analysis.Diagnose(key, token);
        var hash = DiagnosticSetHash.Of(found, snapshot.Phrases);
        if (snapshot.Open.ContainsKey(key))
        {
            pulled.Remember(key, hash);
            if (isEarly)
            {
                pulled.OnEarly();
            }
        }

        var id = DiagnosticSetHash.ToId(hash);
        return parameters.PreviousResultId == id
            ? new DocumentDiagnosticReport("unchanged", id)
            : new DocumentDiagnosticReport("full", id, ConvertDiagnostics.ToLsp(found, snapshot));
    }
}
