using System.Text.Json.Serialization;

namespace GatewayLsp.Server.Dispatch;

/// <summary><c>$/cancelRequest</c> as we send it; our own ids are numbers.</summary>
internal sealed record CancelParams(long Id);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CancelParams))]
internal sealed partial class DispatchJson : JsonSerializerContext;
