using System.Text;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>
/// Takes the values of a Secret that was sent out of what the server, or a webhook, says of it. They are not learnt by the
/// <see cref="Redactor"/>: many of them would drive out what it knows of credentials.
/// </summary>
internal sealed class SecretValues
{
    /// <summary>Shorter ones would blot out ordinary words.</summary>
    private const int ShortestValue = 4;

    private const int MaxValues = 2000;

    /// <summary>So much of a value gives it away.</summary>
    private const int Head = 24;

    /// <summary>The longest first: one may be part of another.</summary>
    private readonly string[] _values;

    private SecretValues(string[] values) => _values = values;

    /// <summary>Null for what is no Secret.</summary>
    /// <param name="body">What is sent.</param>
    public static SecretValues? Of(ResourceAddress address, ReadOnlyMemory<byte> body)
    {
        if (address.Kind.Group.Length > 0 || address.Kind.Kind != "Secret")
        {
            return null;
        }
        var values = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
            foreach (string part in (ReadOnlySpan<string>)["data", "stringData"])
            {
                if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(part, out JsonElement map) && map.ValueKind == JsonValueKind.Object)
                {
                    foreach (JsonProperty one in map.EnumerateObject())
                    {
                        Add(values, one.Value.ValueKind == JsonValueKind.String ? one.Value.GetString()! : one.Value.GetRawText());
                    }
                }
            }
        }
        catch (JsonException)
        {
            // Nothing that a server could read either.
        }
        return new SecretValues([.. values.OrderByDescending(value => value.Length)]);
    }

    public Answered<Written> Hide(Answered<Written> answer) => answer.IsOk
        ? answer.Value with { Warnings = [.. answer.Value.Warnings.Select(Hide)] }
        : answer.Error with
        {
            Message = Hide(answer.Error.Message),
            Detail = answer.Error.Detail is { } detail ? Hide(detail) : null,
            Causes = [.. answer.Error.Causes.Select(cause => cause with { Message = Hide(cause.Message) })],
        };

    private string Hide(string text)
    {
        foreach (string value in _values)
        {
            text = text.Replace(value, Redactor.Hidden, StringComparison.Ordinal);
            // Long messages were cut before, perhaps in the middle of a value.
            if (value.Length > Head && text.IndexOf(value[..Head], StringComparison.Ordinal) is >= 0 and var at)
            {
                text = text[..at] + Redactor.Hidden;
            }
        }
        return text;
    }

    /// <summary>As it was sent, as it is kept, and line by line, as messages quote longer ones.</summary>
    private static void Add(HashSet<string> values, string value)
    {
        byte[] decoded = new byte[value.Length];
        string plain = Convert.TryFromBase64String(value, decoded, out int length) ? Encoding.UTF8.GetString(decoded, 0, length) : "";
        foreach (string form in (ReadOnlySpan<string>)[value, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)), plain])
        {
            foreach (string line in (IEnumerable<string>)[form, .. form.Split('\n')])
            {
                if (line.Trim().Length >= ShortestValue && values.Count < MaxValues)
                {
                    values.Add(line.Trim());
                }
            }
        }
    }
}
