using GatewayLsp.Engine.Model;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Times on the command line: <c>500ms</c>, <c>10s</c>, <c>1h30m</c>; bare numbers are seconds.</summary>
internal static class Durations
{
    public static TimeSpan? Parse(string? text) => ParseOrZero(text) is { } time && time > TimeSpan.Zero ? time : null;

    public static TimeSpan? ParseOrZero(string? text) => GatewayDuration.Parse(CommandOptions.Number(text) is not null ? text + "s" : text);
}
