using System.Text.Json.Serialization.Metadata;

namespace GatewayLsp.Server.Dispatch;

/// <summary>The other side of the wire. Messages leave in the order of the calls.</summary>
internal interface IClient
{
    void Notify<T>(string method, T parameters, JsonTypeInfo<T> type);

    /// <summary>Default when the client answers null or an error (which is logged): no request of ours is worth a failure.</summary>
    Task<TResult?> RequestAsync<TResult>(string method, Payload? parameters, JsonTypeInfo<TResult> resultType, CancellationToken token = default);
}
