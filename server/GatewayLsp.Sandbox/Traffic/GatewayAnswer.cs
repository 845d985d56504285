using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>Answers of a gateway itself. Failures say why in their text, which a real gateway keeps in its log at best.</summary>
internal static class GatewayAnswer
{
    private const int MostText = 4096;

    /// <summary>What the routes say: a redirect, an answer to a preflight, or that nothing takes the request.</summary>
    public static Task Give(HttpContext context, bool isGrpc, RequestTrace trace, TracedResponse answer, string path)
    {
        if (answer.GrpcCode is { } grpc)
        {
            GrpcStatus(context, grpc == "Unimplemented" ? 12 : 14, trace.Why);
            return Task.CompletedTask;
        }
        int status = answer.StatusCodes[0];
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
        if (trace.Redirect is { } redirect)
        {
            int query = path.IndexOf('?', StringComparison.Ordinal);
            context.Response.Headers.Location = redirect.Location + (query < 0 ? "" : path[query..]);
            Outbound.Apply(context.Response.Headers, trace.Filters, HeaderList.Empty);
        }
        if (status >= 400)
        {
            return Fail(context, isGrpc, status, trace.Why);
        }
        context.Response.StatusCode = status;
        context.Response.ContentLength = status is 204 or 304 ? null : 0;
        return Task.CompletedTask;
    }

    public static async Task Fail(HttpContext context, bool isGrpc, int status, params IEnumerable<string> why)
    {
        if (isGrpc)
        {
            GrpcStatus(context, status == 504 ? 4 : 14, why);
            return;
        }
        context.Response.StatusCode = status;
        byte[] text = Encoding.UTF8.GetBytes(Short(string.Join('\n', why)) + "\n");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
        }
    }

    private static void GrpcStatus(HttpContext context, int code, IEnumerable<string> why)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = code.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(Short(string.Join(' ', why)));
    }

    private static string Short(string text) => text.Length <= MostText ? text : text[..MostText];
}
