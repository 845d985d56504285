using System.Globalization;
using System.Text;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Log lines for stderr, with secrets blotted out. Of exceptions only types and stack traces; those go here and never to the client.
/// stdout is not an option: it belongs to JSON-RPC.
/// </summary>
internal sealed class Log(Action<string> sink)
{
    /// <summary>Passes messages on to the client's own log, without the details of exceptions.</summary>
    public Action<MessageType, string>? Relay { get; set; }

    public void Information(string message) => Write("info", MessageType.Info, message);

    public void Warning(string message) => Write("warn", MessageType.Warning, message);

    public void Error(string message, Exception? exception = null) => Write("error", MessageType.Error, message, exception);

    /// <summary>Replaces what looks like a credential; document text is never logged in the first place.</summary>
    internal static string Redact(string text) => SecretShapes.Hide(text);

    private void Write(string level, MessageType type, string message, Exception? exception = null)
    {
        Relay?.Invoke(type, Redact(message));
        message = exception is null ? message : $"{message}\n{ExceptionText.Of(exception)}";
        var line = new StringBuilder(message.Length + 40)
            .Append(DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture))
            .Append(' ').Append(level).Append(' ').Append(Redact(message)).Append('\n');
        sink(line.ToString());
    }
}
