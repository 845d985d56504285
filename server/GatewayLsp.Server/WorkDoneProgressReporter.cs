using System.Globalization;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server;

/// <summary><c>$/progress</c> that we start ourselves: announced only when the work is still going after a moment.</summary>
internal sealed class WorkDoneProgressReporter(IClient client, Session session) : IProgressReporter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private int _lastToken;

    public IProgressScope Begin(string title)
        => new Scope(client, session.Client.Progress, title, "gateway-lsp/" + Interlocked.Increment(ref _lastToken).ToString(CultureInfo.InvariantCulture));

    private sealed class Scope(IClient client, bool shown, string title, string token) : IProgressScope
    {
        private readonly long _start = Environment.TickCount64;
        private bool _begun;

        public void Report(string value)
        {
            if (!shown || (!_begun && Environment.TickCount64 - _start < Patience.TotalMilliseconds))
            {
                return;
            }

            if (!_begun)
            {
                _begun = true;
                _ = client.RequestAsync("window/workDoneProgress/create", Payload.Of(new WorkDoneProgressCreateParams(token), LspJson.Default.WorkDoneProgressCreateParams), LspJson.Default.JsonElement);
                Send(new WorkDoneProgress("begin", title, value));
            }
            else
            {
                Send(new WorkDoneProgress("report", Message: value));
            }
        }

        public void Dispose()
        {
            if (_begun)
            {
                Send(new WorkDoneProgress("end"));
            }
        }

        private void Send(WorkDoneProgress value) => client.Notify("$/progress", new ProgressParams(token, value), LspJson.Default.ProgressParams);
    }
}
