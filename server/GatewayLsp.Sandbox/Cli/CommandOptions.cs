using System.CommandLine;
using System.Globalization;

namespace GatewayLsp.Sandbox.Cli;

/// <summary>Options whose values are checked before anything runs, with messages that tell what is right.</summary>
internal static class CommandOptions
{
    /// <summary>A time. Longer than nothing, unless zero has a meaning.</summary>
    public static Option<string?> Time(string name, string description, TimeSpan? longest = null, bool mayBeZero = false)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "DURATION" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [.., var token])
            {
                return;
            }
            if (Durations.ParseOrZero(token.Value) is not { } time)
            {
                result.AddError($"{name}: '{token.Value}' is no duration; write 500ms, 10s or 5m");
            }
            else if (time == TimeSpan.Zero && !mayBeZero)
            {
                result.AddError($"{name}: '{token.Value}' is no time at all; write 500ms, 10s or 5m");
            }
            else if (time > longest)
            {
                string most = longest.Value.TotalHours >= 1 ? $"{longest.Value.TotalHours:0}h" : $"{longest.Value.TotalSeconds:0}s";
                result.AddError($"{name}: '{token.Value}' is more than {most}");
            }
        });
        return option;
    }

    /// <summary>A whole number within bounds, both included; read it with <see cref="Number"/>.</summary>
    public static Option<string?> Whole(string name, string description, string helpName, int least, int most)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., var token] && !(Number(token.Value) is { } number && number >= least && number <= most))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{token.Value}' is no whole number from {least} to {most}"));
            }
        });
        return option;
    }

    /// <summary>Null when there is none.</summary>
    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
