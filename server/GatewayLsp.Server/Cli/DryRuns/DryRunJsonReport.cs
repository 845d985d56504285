using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Text;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.DryRuns;

/// <summary>The machine form of <c>dry-run</c> (docs/cli.md). Lines and characters are 0-based UTF-16, as in LSP.</summary>
internal sealed class DryRunJsonReport(Stream output) : IDryRunReport
{
    private const int FlushAt = 32 * 1024;

    private readonly Utf8JsonWriter _json = new(output, JsonReport.Options);
    private readonly int[] _counts = new int[3];

    public void Begin()
    {
        _json.WriteStartObject();
        _json.WriteStartArray("files");
    }

    public void Add(FileReport file)
    {
        _json.WriteStartObject();
        _json.WriteString("path", Printable.WellFormed(file.Shown));
        _json.WriteStartArray("objects");
        foreach (ObjectReport one in file.Objects)
        {
            _counts[(int)one.Outcome]++;
            Write(one);
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        if (_json.BytesPending > FlushAt)
        {
            _json.Flush();
        }
    }

    public void End(IReadOnlyList<string> notes)
    {
        _json.WriteEndArray();
        _json.WriteStartObject("summary");
        _json.WriteNumber("accepted", _counts[(int)ObjectOutcome.Accepted]);
        _json.WriteNumber("refused", _counts[(int)ObjectOutcome.Refused]);
        _json.WriteNumber("skipped", _counts[(int)ObjectOutcome.Skipped]);
        _json.WriteEndObject();
        JsonReport.Notes(_json, notes);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }

    private void Write(ObjectReport one)
    {
        _json.WriteStartObject();
        if (one.Object is { } about)
        {
            _json.WriteStartObject("object");
            JsonReport.Clusters(_json, one.Clusters);
            _json.WriteString("apiVersion", Printable.WellFormed(about.ApiVersion));
            _json.WriteString("kind", Printable.WellFormed(about.Kind));
            _json.WriteString("namespace", Printable.WellFormed(about.Namespace));
            _json.WriteString("name", Printable.WellFormed(about.Name));
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteNull("object");
        }
        if (one.Outcome == ObjectOutcome.Skipped)
        {
            // Neither: there is nothing to judge it by.
            _json.WriteNull("accepted");
        }
        else
        {
            _json.WriteBoolean("accepted", one.Result.Accepted);
        }
        _json.WriteStartArray("causes");
        foreach (VerdictCause cause in one.Result.Causes)
        {
            _json.WriteStartObject();
            Write(_json, cause);
            if (cause.Code is { } code)
            {
                _json.WriteString("code", code);
            }
            (string Shown, SourcePlace Place)? place = cause.Span is { } span ? one.PlaceOf is { } find ? find(span) : ("", new SourcePlace("", one.Slot, span)) : null;
            if (place is { } written)
            {
                if (written.Shown.Length > 0)
                {
                    _json.WriteString("path", Printable.WellFormed(written.Shown));
                }
                LineRange range = written.Place.Range;
                _json.WriteStartObject("range");
                Write("start", range.Start);
                Write("end", range.End);
                _json.WriteEndObject();
            }
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>What every form says of a cause.</summary>
    public static void Write(Utf8JsonWriter json, VerdictCause cause)
    {
        json.WriteString("field", Printable.WellFormed(cause.Field));
        json.WriteString("reason", cause.Reason);
        json.WriteString("message", Printable.WellFormed(cause.Message));
    }

    private void Write(string name, LinePosition position)
    {
        _json.WriteStartObject(name);
        _json.WriteNumber("line", position.Line);
        _json.WriteNumber("character", position.Character);
        _json.WriteEndObject();
    }
}
