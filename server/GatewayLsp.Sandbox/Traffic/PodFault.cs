namespace GatewayLsp.Sandbox.Traffic;

/// <summary>What is wrong with a pod on demand.</summary>
/// <param name="ErrorPercent">Share of requests answered with 503.</param>
internal sealed record PodFault(bool IsDown, TimeSpan Latency, int ErrorPercent)
{
    public static readonly PodFault None = new(false, TimeSpan.Zero, 0);

    public bool IsNone => !IsDown && Latency == TimeSpan.Zero && ErrorPercent == 0;

    /// <summary>Both at once: the worse of each.</summary>
    public PodFault And(PodFault other) => new(IsDown || other.IsDown, Latency > other.Latency ? Latency : other.Latency, Math.Max(ErrorPercent, other.ErrorPercent));
}
