using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Traffic;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Control;

/// <summary>The port through which the other commands speak to a running sandbox; whoever knows the token may.</summary>
internal sealed class ControlServer(Sandbox sandbox, string token, Action stop)
{
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
            "/fail" => Fail(body),
            "/heal" => Heal(body),
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

    private (int, JsonObject) Fail(JsonObject? body)
    {
        if (FaultTarget.Parse(body.At("target").Text() ?? "") is not { } target)
        {
            return (400, new JsonObject { ["error"] = $"there is nothing like '{body.At("target").Text()}': name a cluster (sandbox-eks, sandbox-gke), service/NAMESPACE/NAME or pod/NAMESPACE/NAME" });
        }
        sandbox.Fail(target, new PodFault(body.At("down").Truth() == true, TimeSpan.FromMilliseconds(Math.Clamp(body.At("latencyMs").Number() ?? 0, 0, 60_000)), (int)Math.Clamp(body.At("errorPercent").Number() ?? 0, 0, 100)));
        return (200, new JsonObject { ["target"] = target.ToString() });
    }

    private (int, JsonObject) Heal(JsonObject? body)
    {
        string text = body.At("target").Text() ?? "";
        FaultTarget? target = text.Length == 0 ? null : FaultTarget.Parse(text);
        if (text.Length > 0 && target is null)
        {
            return (400, new JsonObject { ["error"] = $"there is nothing like '{text}'" });
        }
        return (200, new JsonObject { ["healed"] = sandbox.Heal(target) });
    }
}
