using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Server.Cli.Report;
using Channel = GatewayLsp.Engine.Schemas.Channel;

namespace GatewayLsp.Server.Cli.DryRuns;

/// <summary>
/// <c>dry-run --jsonl</c>: an answer a line, in the order of the questions. An answer is written as soon as it and all before it
/// are there, so that a program may ask one at a time; many at once run on all cores.
/// </summary>
internal sealed class DryRunLines(Channel standard, int? minor, Terminal terminal)
{
    /// <summary>Questions taken in before the first of them is answered.</summary>
    private const int MaxAhead = 256;

    public int Execute()
    {
        Channel<Task<Answer>> answers = System.Threading.Channels.Channel.CreateBounded<Task<Answer>>(
            new BoundedChannelOptions(MaxAhead) { SingleReader = true, SingleWriter = true });
        Task reading = Task.Run(() => Read(answers.Writer));
        bool isWrong = Write(answers.Reader);
        reading.GetAwaiter().GetResult();
        return isWrong ? ExitCode.Usage : ExitCode.Fine;
    }

    private async Task Read(ChannelWriter<Task<Answer>> answers)
    {
        try
        {
            using var lines = new StreamReader(terminal.In(), new UTF8Encoding(false));
            while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    await answers.WriteAsync(Task.Run(() => Judge(line))).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            answers.Complete();
        }
    }

    private bool Write(ChannelReader<Task<Answer>> answers)
    {
        bool isWrong = false;
        while (answers.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (answers.TryRead(out Task<Answer>? pending))
            {
                Answer answer = pending.GetAwaiter().GetResult();
                isWrong |= answer.IsWrong;
                terminal.Out.Write(answer.Line.Span);
            }
            terminal.Out.Flush();
        }
        return isWrong;
    }

    private Answer Judge(string line)
    {
        string id = "null";
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement question = json.RootElement;
            if (question.ValueKind != JsonValueKind.Object)
            {
                return Wrong(id, "the line is not a JSON object");
            }
            id = question.TryGetProperty("id", out JsonElement named) ? named.GetRawText() : "null";
            if (!TryChannel(question, out Channel channel))
            {
                return Wrong(id, "`channel` is not one of standard, experimental");
            }
            return TextOf(question, "manifest") is { } manifest
                ? new Answer(Written(id, Judge(manifest, TextOf(question, "old"), channel)), IsWrong: false)
                : Wrong(id, "`manifest` is missing, or neither a string nor an object");
        }
        catch (JsonException error)
        {
            return Wrong(id, $"the line is not JSON, see character {error.BytePositionInLine + 1}");
        }
    }

    /// <summary>What is left out is the channel of the command line.</summary>
    private bool TryChannel(JsonElement question, out Channel channel)
    {
        channel = standard;
        if (!question.TryGetProperty("channel", out JsonElement word) || word.ValueKind == JsonValueKind.Null)
        {
            return true;
        }
        string? text = word.ValueKind == JsonValueKind.String ? word.GetString() : null;
        channel = CliOptions.ChannelOf(text);
        return text is "standard" or "experimental";
    }

    /// <summary>A line that can't be judged: no verdict, but what is wrong with the line.</summary>
    private static Answer Wrong(string id, string error)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(id, skipInputValidation: true);
            json.WriteString("error", error);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return new Answer(buffer.WrittenMemory, IsWrong: true);
    }

    /// <summary>The first document that holds something counts for <c>old</c>; of the manifest all do.</summary>
    private DryRunResult Judge(string manifest, string? old, Channel channel)
    {
        ManifestDocument? before = old is null ? null : ManifestFile.Parse("old.yaml", old).Documents.FirstOrDefault(d => d.Document.Root is not null).Document;
        DryRunResult? result = null;
        foreach (DocumentSlot slot in ManifestFile.Parse("manifest.yaml", manifest).Documents)
        {
            if (slot.Document.Root is not null || !slot.Document.Errors.IsEmpty)
            {
                DryRunResult one = DryRun.Of(slot.Document, SchemaCatalog.Bundled, channel, before, minor);
                result = result is null ? one : new DryRunResult(result.Accepted && one.Accepted, [.. result.Causes, .. one.Causes]);
            }
        }
        return result ?? new DryRunResult(false, [new VerdictCause("kind", CauseReason.Required, "The manifest is empty.", null)]);
    }

    /// <summary>A manifest as text; JSON is YAML too.</summary>
    private static string? TextOf(JsonElement question, string name) => question.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => value.GetRawText(),
            _ => null,
        }
        : null;

    private static ReadOnlyMemory<byte> Written(string id, DryRunResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(id, skipInputValidation: true);
            json.WriteBoolean("accepted", result.Accepted);
            json.WriteStartArray("causes");
            foreach (VerdictCause cause in result.Causes)
            {
                json.WriteStartObject();
                DryRunJsonReport.Write(json, cause);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private readonly record struct Answer(ReadOnlyMemory<byte> Line, bool IsWrong);
}
