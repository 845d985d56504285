using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>The journal's lines: JSON, the head first. Values of Secrets are taken out here, whoever hands them in.</summary>
public static class JournalFormat
{
    private const int MaxLines = 100_000;

    public static string Line(JournalHead head)
    {
        var steps = new JsonArray();
        foreach (JournalStep step in head.Steps)
        {
            ServedKind kind = step.Address.Kind;
            steps.Add((JsonNode)new JsonObject
            {
                ["apiVersion"] = kind.Gvk.ApiVersion,
                ["kind"] = kind.Kind,
                ["plural"] = kind.Plural,
                ["namespaced"] = kind.IsNamespaced,
                ["namespace"] = step.Address.Namespace,
                ["name"] = step.Address.Name,
                ["diff"] = new JsonArray([.. step.Diff.Select(line => (JsonNode)line)]),
            });
        }
        return Text(new JsonObject
        {
            ["journal"] = 1,
            ["id"] = head.Id,
            ["context"] = head.Context,
            ["label"] = head.Label,
            ["server"] = head.Server,
            ["at"] = Time(head.At),
            ["steps"] = steps,
        });
    }

    public static string Line(JournalEntry entry)
    {
        var line = new JsonObject { ["event"] = entry.Event.ToString(), ["step"] = entry.Step, ["at"] = Time(entry.At) };
        if (entry.State is not null)
        {
            line["state"] = SecretMask.Without(entry.State);
        }
        if (entry.Expected is not null)
        {
            line["expected"] = SecretMask.Without(entry.Expected);
        }
        if (entry.Note is not null)
        {
            line["note"] = entry.Note;
        }
        if (entry.Outcome is { } outcome)
        {
            line["outcome"] = outcome.ToString();
        }
        return Text(line);
    }

    /// <summary>Null when the first line is no head. A line that is cut off, as by a crash, is left out.</summary>
    public static JournalRecord? Read(IEnumerable<string> lines)
    {
        JournalHead? head = null;
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        foreach (string text in lines.Take(MaxLines))
        {
            if (JsonTrees.Parse(Encoding.UTF8.GetBytes(text)) is not { } line)
            {
                continue;
            }
            if (head is null)
            {
                head = Head(line);
                if (head is null)
                {
                    return null;
                }
            }
            else if (Enum.TryParse(line["event"].Text(), out JournalEvent kind))
            {
                entries.Add(new JournalEntry(kind, (int)(line["step"].Number() ?? -1), Time(line["at"].Text()))
                {
                    State = line["state"]?.DeepClone() as JsonObject,
                    Expected = line["expected"]?.DeepClone() as JsonObject,
                    Note = line["note"].Text(),
                    Outcome = Enum.TryParse(line["outcome"].Text(), out ApplyOutcome outcome) ? outcome : null,
                });
            }
        }
        return head is null ? null : new JournalRecord(head, entries.ToImmutable());
    }

    private static JournalHead? Head(JsonObject line)
    {
        if (line["journal"].Number() != 1 || line["id"].Text() is not { } id || line["context"].Text() is not { } context || line["steps"] is not JsonArray list)
        {
            return null;
        }
        var steps = ImmutableArray.CreateBuilder<JournalStep>();
        foreach (JsonNode? one in list)
        {
            if (!Gvk.TryParse(one.At("apiVersion").Text(), one.At("kind").Text(), out Gvk gvk) || one.At("name").Text() is not { } name)
            {
                return null;
            }
            bool isNamespaced = one.At("namespaced") is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out bool truth) && truth;
            var address = new ResourceAddress(new ServedKind(gvk, one.At("plural").Text() ?? "", isNamespaced), one.At("namespace").Text() ?? "", name);
            steps.Add(new JournalStep(address, one.At("diff") is JsonArray diff ? [.. diff.Select(text => text.Text() ?? "")] : []));
        }
        return new JournalHead(id, context, line["label"].Text() ?? context, line["server"].Text() ?? "", Time(line["at"].Text()), steps.ToImmutable());
    }

    private static string Text(JsonObject line) => Encoding.UTF8.GetString(line.ToUtf8());

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : default;
}
