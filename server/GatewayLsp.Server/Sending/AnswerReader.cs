using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayLsp.Server.Sending;

/// <summary>
/// Finds out who answered, where the answer tells: by the name of a pod that stands in its body or headers (echo servers and
/// many samples say their host name, and that is the pod's), else by a member <c>service</c> of a JSON body.
/// </summary>
internal sealed class AnswerReader
{
    private readonly Dictionary<string, int> _byPod = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ExpectedBackend> _expected;

    public AnswerReader(ImmutableArray<ExpectedBackend> expected)
    {
        _expected = expected;
        for (int i = 0; i < expected.Length; i++)
        {
            foreach (string pod in expected[i].Endpoints.Pods)
            {
                // A pod behind two of the backends tells nothing about which of them was chosen.
                _byPod[pod] = _byPod.TryGetValue(pod, out int other) && other != i ? -1 : i;
            }
        }
    }

    /// <summary>Index of the expected backend, -1 when the answer does not tell; the pod's name where it stands in the answer.</summary>
    public (int Backend, string? Pod) Who(TestAnswer answer)
    {
        foreach ((_, string value) in answer.Headers)
        {
            if (Find(value) is { } pod)
            {
                return (_byPod[pod], pod);
            }
        }
        if (Find(answer.Body) is { } named)
        {
            return (_byPod[named], named);
        }
        return (ByService(answer.Body), null);
    }

    private string? Find(string text)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> pods = _byPod.GetAlternateLookup<ReadOnlySpan<char>>();
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isName = i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '.');
            if (isName)
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                if (pods.TryGetValue(text.AsSpan(start, i - start).Trim('.'), out string? pod, out _))
                {
                    return pod;
                }
                start = -1;
            }
        }
        return null;
    }

    private int ByService(string body)
    {
        if (!body.StartsWith('{'))
        {
            return -1;
        }
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (!json.RootElement.TryGetProperty("service", out JsonElement service) || service.ValueKind != JsonValueKind.String || service.GetString() is not { Length: > 0 } name)
            {
                return -1;
            }
            int found = -1;
            for (int i = 0; i < _expected.Length; i++)
            {
                if (_expected[i].Target.Name == name)
                {
                    if (found >= 0)
                    {
                        return -1;
                    }
                    found = i;
                }
            }
            return found;
        }
        catch (JsonException)
        {
            return -1;
        }
    }
}
