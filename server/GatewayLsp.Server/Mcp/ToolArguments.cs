using System.Text.Json;

namespace GatewayLsp.Server.Mcp;

/// <summary>What an assistant handed to a tool. What does not fit is a message to it, not an exception.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal);

    private ToolArguments()
    {
    }

    /// <summary>What is wrong with the arguments; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public string? One(string name) => _values.TryGetValue(name, out string[]? values) ? values[0] : null;

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

    public static ToolArguments Read(IReadOnlyList<ToolParameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        var arguments = new ToolArguments();
        foreach ((string name, JsonElement value) in given)
        {
            if (parameters.FirstOrDefault(one => one.Name == name) is not { } parameter)
            {
                arguments.Problem ??= $"There is no argument `{name}`; there are {string.Join(", ", parameters.Select(one => $"`{one.Name}`"))}.";
            }
            else if (value.ValueKind != JsonValueKind.Null)
            {
                arguments.Take(parameter, value);
            }
        }
        if (parameters.FirstOrDefault(one => one.IsRequired && !arguments._values.ContainsKey(one.Name)) is { } missing)
        {
            arguments.Problem ??= $"The argument `{missing.Name}` is missing.";
        }
        return arguments;
    }

    private void Take(ToolParameter parameter, JsonElement value)
    {
        JsonElement[] items = parameter.IsList && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (!Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.String))
        {
            Problem ??= $"The argument `{parameter.Name}` is {(parameter.IsList ? "a list of texts" : "a text")}.";
            return;
        }
        string[] texts = [.. items.Select(item => item.GetString()!)];
        if (parameter.Choices is { } choices && texts.FirstOrDefault(text => !choices.Contains(text)) is { } other)
        {
            Problem ??= $"The argument `{parameter.Name}` is one of {string.Join(", ", choices)}, not `{other}`.";
        }
        else if (texts.Length > 0)
        {
            _values[parameter.Name] = texts;
        }
    }
}
