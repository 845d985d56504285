using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>What came back of a request.</summary>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="Body">Of an echo server; else null.</param>
internal sealed record Reply(int Status, JsonObject? Body, string? Location, TimeSpan Took)
{
    public static readonly Reply None = new(0, null, null, TimeSpan.Zero);

    /// <summary>Why there was no answer.</summary>
    public string Problem { get; init; } = "no answer";

    /// <summary>Of a gRPC call; 0 is fine.</summary>
    public int GrpcStatus { get; init; }

    public bool IsFine => Status is >= 200 and < 400 && GrpcStatus == 0;

    public string Cluster => Body.At("cluster").Text() ?? "";

    public string Version => Body.At("version").Text() ?? "";

    /// <summary>Who it was, as the table of <c>traffic</c> shows it.</summary>
    public string Who => Status == 0 ? $"({Problem})"
        : GrpcStatus != 0 ? $"(grpc status {GrpcStatus})"
        : Body is { } body && IsFine ? $"{Cluster} {body.At("deployment").Text()}"
        : Body is { } failed ? $"{Cluster} {failed.At("deployment").Text()} (status {Status})"
        : Location is { } to ? $"(status {Status} to {to})" : $"(status {Status})";

    /// <summary>The JSON in the one message of an echo server's gRPC answer: a frame with a field 1 that is a string.</summary>
    public static JsonObject? OfGrpc(byte[] frame)
    {
        int at = 6;
        int length = 0;
        if (frame.Length <= at || frame[5] != 0x0A)
        {
            return null;
        }
        for (int shift = 0; at < frame.Length && shift < 28; shift += 7)
        {
            byte next = frame[at++];
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return length <= frame.Length - at ? Json.ParseObject(Encoding.UTF8.GetString(frame, at, length)) : null;
            }
        }
        return null;
    }
}
