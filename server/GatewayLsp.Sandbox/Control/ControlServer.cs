using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Control;

/// <summary>The port through which the other commands speak to a running sandbox; whoever knows the token may.</summary>
internal sealed class ControlServer(Sandbox sandbox, string token, Action stop)
{
    private readonly FaultOrders _faults = new(sandbox);

    public async Task Handle(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer " + token)
        {
            context.Response.StatusCode = 401;
            return;
        }
        JsonObject? body = null;
        if (context.Request.Method == "POST")
        {
            using var reader = new StreamReader(context.Request.Body);
            body = Json.ParseObject(await reader.ReadToEndAsync(context.RequestAborted));
        }
        (int code, JsonObject answer) = context.Request.Path.Value switch
        {
            "/status" => (200, StatusReport.Of(sandbox)),
            "/fail" => _faults.Fail(body),
            "/heal" => _faults.Heal(body),
            "/takers" => (200, RequestTakers.Of(sandbox, body)),
            "/stop" => (200, new JsonObject()),
            _ => (404, new JsonObject { ["error"] = "there is no such command" }),
        };
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Json.Write(answer), context.RequestAborted);
        if (context.Request.Path == "/stop")
        {
            stop();
        }
    }
}
