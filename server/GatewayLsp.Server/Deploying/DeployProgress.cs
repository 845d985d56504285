using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Deploying;

/// <summary>Tells the client how far it is: <c>$/progress</c> for people, <c>gatewayLsp/didApplyObject</c> for views.</summary>
internal sealed class DeployProgress : IProgress<ApplyProgress>, IDisposable
{
    private const string Notification = "gatewayLsp/didApplyObject";

    private readonly IClient _client;
    private readonly JsonElement _token;
    private readonly string _plan;

    public DeployProgress(IClient client, ApplyParams asked, string plan)
    {
        (_client, _token, _plan) = (client, asked.WorkDoneToken.ValueKind == JsonValueKind.Undefined ? default : asked.WorkDoneToken.Clone(), plan);
        Send(new WorkDoneProgress("begin", "Gateway LSP", "Checking", 0));
    }

    public void Report(ApplyProgress value)
    {
        string verb = value.Phase switch
        {
            ApplyPhase.Checking => "Checking",
            ApplyPhase.Writing => "Writing",
            _ => "Taking back",
        };
        Send(new WorkDoneProgress("report", Message: string.Create(CultureInfo.InvariantCulture, $"{verb} {value.Object} ({value.Done + 1} of {value.Total})"),
            Percentage: value.Total == 0 ? 0 : 100 * value.Done / value.Total));
        if (value.Phase != ApplyPhase.Checking)
        {
            Notify(value.Context, new ObjectRefMessage(value.Object.Kind, value.Object.Namespace, value.Object.Name), value.Phase == ApplyPhase.Writing ? "writing" : "undoing");
        }
    }

    public void Tell(string message) => Send(new WorkDoneProgress("report", Message: message));

    public void Done(AppliedObject one) =>
        Notify(one.Context, new ObjectRefMessage(one.Address.Kind.Kind, one.Address.Namespace, one.Address.Name), JsonNamingPolicy.CamelCase.ConvertName(one.Outcome.ToString()));

    public void Dispose() => Send(new WorkDoneProgress("end"));

    private void Notify(string context, ObjectRefMessage about, string outcome) =>
        _client.Notify(Notification, new DidApplyObjectParams(_plan, context, about, outcome), LspJson.Default.DidApplyObjectParams);

    private void Send(WorkDoneProgress value)
    {
        if (_token.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            _client.Notify("$/progress", new ClientProgressParams(_token, value), LspJson.Default.ClientProgressParams);
        }
    }
}
