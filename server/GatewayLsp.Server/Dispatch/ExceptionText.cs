using System.Globalization;
using System.Text;

namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// What a log or a last word says of an exception: types and places, no messages. A message may quote what was being worked on, and
/// that may be a Secret or a token; no pattern would find all of those.
/// </summary>
internal static class ExceptionText
{
    private const int MaxDepth = 8;

    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        Append(text, exception, 0);
        return text.ToString();
    }

    /// <summary>Has the process say this, and not the runtime's own words with the message in them, when nobody caught an exception.</summary>
    public static void InsteadOfTheRuntimes(TextWriter to) => AppDomain.CurrentDomain.UnhandledException += (_, e) =>
    {
        to.WriteLine("gateway-lsp ended by a fault of its own. Please report this with the lines below:");
        to.WriteLine(e.ExceptionObject is Exception exception ? Of(exception) : e.ExceptionObject.GetType().FullName);
        to.Flush();
        Environment.Exit(ExitOfFault);
    };

    /// <summary>EX_SOFTWARE of sysexits.h.</summary>
    internal const int ExitOfFault = 70;

    private static void Append(StringBuilder text, Exception exception, int depth)
    {
        text.Append(exception.GetType().FullName);
        if (exception is IOException or System.Net.Sockets.SocketException)
        {
            text.Append(CultureInfo.InvariantCulture, $" (0x{exception.HResult:X8})");
        }
        text.Append('\n').Append(exception.StackTrace);
        IEnumerable<Exception> inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        foreach (Exception next in depth < MaxDepth ? inner.Take(MaxDepth) : [])
        {
            text.Append("\n caused by ");
            Append(text, next, depth + 1);
        }
    }
}
