using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.Gateway;

/// <summary><c>gatewayLsp/expectations</c>: what comments say of requests, and whether it holds; of a file or of all.</summary>
internal sealed class ExpectationsHandler : IReadHandler<ExpectationsParams, ExpectationsResult>
{
    public ExpectationsResult Handle(ExpectationsParams parameters, Snapshot snapshot, CancellationToken token)
    {
        IEnumerable<string> paths = parameters.Uri is { } uri ? [DocumentKey.Of(uri)] : snapshot.Analysis.FilesWithExpectations();
        var files = new List<ExpectationFile>();
        foreach (var path in paths)
        {
            var results = snapshot.Analysis.Expectations(path, token);
            if (!results.IsEmpty)
            {
                files.Add(new ExpectationFile(snapshot.UriOf(path), [.. results.Select(one =>
                    new ExpectationEntry(Convert.ToLsp(one.Range), one.Text, one.IsKnown ? one.Problem is null : null, one.Problem))]));
            }
        }

        return new ExpectationsResult(files);
    }
}
