using GatewayLsp.Engine.Model;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Times on the command line: <c>500ms</c>, <c>10s</c>, <c>1h30m</c>; bare numbers are seconds.</summary>
internal static class Durations
{
    public static TimeSpan? Parse(string? text) =>
        GatewayDuration.Parse(int.TryParse(text, out int seconds) && seconds >= 0 ? $"{seconds}s" : text) is { } time && time > TimeSpan.Zero ? time : null;
}
