namespace GatewayLsp.Sandbox.Traffic;

/// <summary>What is wrong with a pod on demand.</summary>
/// <param name="Latency">At most <see cref="LongestLatency"/>.</param>
/// <param name="ErrorPercent">Share of requests answered with 503 (gRPC: status 14; TCP: connection reset; UDP: no answer), 0 to 100.</param>
internal sealed record PodFault(bool IsDown, TimeSpan Latency, int ErrorPercent)
{
    public static readonly TimeSpan LongestLatency = TimeSpan.FromMinutes(1);

    public static readonly PodFault None = new(false, TimeSpan.Zero, 0);

    public bool IsNone => !IsDown && Latency == TimeSpan.Zero && ErrorPercent == 0;

    /// <summary>Faults of several targets at once, as of a pod and its Service: the worse of each.</summary>
    public PodFault And(PodFault other) => new(IsDown || other.IsDown, Latency > other.Latency ? Latency : other.Latency, Math.Max(ErrorPercent, other.ErrorPercent));
}
