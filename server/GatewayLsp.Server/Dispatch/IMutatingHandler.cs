namespace GatewayLsp.Server.Dispatch;

/// <summary>
/// Handles a notification that changes state. Runs alone on the queue, in the order of arrival, and to its end
/// before anything behind it starts: it must be quick and must not wait for the client.
/// </summary>
internal interface IMutatingHandler<in TParams>
{
    void Handle(TParams parameters);
}

/// <summary>The same for the few requests that change state (<c>initialize</c>, <c>shutdown</c>).</summary>
internal interface IMutatingHandler<in TParams, out TResult>
{
    TResult Handle(TParams parameters);
}
