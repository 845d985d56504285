using GatewayLsp.Sandbox.Demo;

namespace GatewayLsp.Sandbox.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void PercentilesAreRightToHalfAPercent()
    {
        var took = new LatencyHistogram();
        Assert.Equal(TimeSpan.Zero, took.Percentile(0.5));
        for (int i = 1; i <= 1_000; i++)
        {
            took.Add(TimeSpan.FromMilliseconds(i));
        }
        Assert.InRange(took.Percentile(0.5).TotalMilliseconds, 501, 504);
        Assert.InRange(took.Percentile(0.99).TotalMilliseconds, 991, 996);
        took.Add(TimeSpan.FromDays(1));
        took.Add(TimeSpan.Zero);
        Assert.True(took.Percentile(1) > TimeSpan.FromMinutes(10));
    }
}
