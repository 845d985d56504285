using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Label and field selectors of a list or watch.</summary>
internal sealed class Selectors
{
    private enum Operator { In, NotIn, Exists, Absent }

    private sealed record Requirement(string Key, Operator Operator, string[] Values);

    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["pods"] = ["spec.nodeName", "spec.serviceAccountName", "status.phase"],
        ["services"] = ["spec.clusterIP", "spec.type"],
        ["secrets"] = ["type"],
        ["events"] = ["involvedObject.kind", "involvedObject.name", "involvedObject.namespace", "involvedObject.uid", "reason", "type"],
    };

    private readonly List<Requirement> _labels;
    private readonly List<(string Path, string Value, bool IsEqual)> _fields;

    private Selectors(List<Requirement> labels, List<(string, string, bool)> fields)
    {
        _labels = labels;
        _fields = fields;
    }

    public bool IsEmpty => _labels.Count == 0 && _fields.Count == 0;

    public static Selectors Of(ApiResource resource, string labels, string fields) => new(Labels(labels), FieldsOf(resource, fields));

    public bool Matches(StoredObject one)
    {
        if (IsEmpty)
        {
            return true;
        }
        JsonNode? labels = one.Body.At("metadata", "labels");
        foreach (Requirement requirement in _labels)
        {
            string? value = labels.At(requirement.Key).Text();
            bool holds = requirement.Operator switch
            {
                Operator.In => value is not null && requirement.Values.Contains(value),
                Operator.NotIn => value is null || !requirement.Values.Contains(value),
                Operator.Exists => value is not null,
                _ => value is null,
            };
            if (!holds)
            {
                return false;
            }
        }
        foreach ((string path, string wanted, bool isEqual) in _fields)
        {
            if (one.Body.At(path.Split('.')).Shown() == wanted != isEqual)
            {
                return false;
            }
        }
        return true;
    }

    private static List<(string, string, bool)> FieldsOf(ApiResource resource, string text)
    {
        var found = new List<(string, string, bool)>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isEqual = !part.Contains("!=", StringComparison.Ordinal);
            int at = part.IndexOf(isEqual ? "=" : "!=", StringComparison.Ordinal);
            if (at < 0)
            {
                throw ApiFailure.BadRequest($"invalid field selector: '{part}' has no operator");
            }
            string path = part[..at];
            if (path is not ("metadata.name" or "metadata.namespace") && !(Fields.TryGetValue(resource.Plural, out string[]? more) && more.Contains(path)))
            {
                throw ApiFailure.BadRequest("field label not supported: " + path);
            }
            found.Add((path, part[at..].TrimStart('!', '='), isEqual));
        }
        return found;
    }

    private static List<Requirement> Labels(string text)
    {
        var found = new List<Requirement>();
        foreach (string part in Split(text))
        {
            string trimmed = part.Trim();
            int open = trimmed.IndexOf('(', StringComparison.Ordinal);
            if (open > 0 && trimmed.EndsWith(')') && trimmed[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var key, var word] && word is ("in" or "notin"))
            {
                found.Add(new Requirement(key, word == "in" ? Operator.In : Operator.NotIn, trimmed[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)));
                continue;
            }
            int equal = trimmed.IndexOf('=', StringComparison.Ordinal);
            if (equal < 0)
            {
                found.Add(trimmed.StartsWith('!') ? new Requirement(trimmed[1..].Trim(), Operator.Absent, []) : new Requirement(trimmed, Operator.Exists, []));
                continue;
            }
            bool isNot = equal > 0 && trimmed[equal - 1] == '!';
            string value = trimmed[(equal + 1)..];
            value = value.StartsWith('=') ? value[1..] : value;
            if (value.Contains('=', StringComparison.Ordinal))
            {
                throw ApiFailure.BadRequest("found '=', expected: ',' or 'end of string'");
            }
            string name = trimmed[..(isNot ? equal - 1 : equal)].Trim();
            if (name.Length == 0)
            {
                throw ApiFailure.BadRequest($"found '{(isNot ? "!=" : "=")}', expected: !, identifier, or 'end of string'");
            }
            found.Add(new Requirement(name, isNot ? Operator.NotIn : Operator.In, [value.Trim()]));
        }
        return found;
    }

    /// <summary>At commas outside of parentheses.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (i > start)
                {
                    yield return text[start..i];
                }
                start = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }
    }
}
