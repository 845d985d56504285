using System.Text.Json;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>What a real API server said about a manifest.</summary>
/// <param name="Code">HTTP status: 400 is strict decoding (unknown fields only), 422 validation, 404 no such kind.</param>
internal sealed record ServerVerdict(string File, string Id, Channel Channel, string Manifest, bool IsAccepted, int Code, IReadOnlyList<Cause> Causes, string? Old = null)
{
    public static IEnumerable<ServerVerdict> All()
    {
        foreach (string path in Directory.EnumerateFiles(SharedFiles.Get("oracle/verdicts"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (string line in System.IO.File.ReadLines(path))
            {
                using JsonDocument json = JsonDocument.Parse(line);
                JsonElement root = json.RootElement;
                yield return new ServerVerdict(
                    Path.GetFileName(path), root.GetProperty("id").GetString()!,
                    root.GetProperty("channel").GetString() == "experimental" ? Channel.Experimental : Channel.Standard,
                    root.GetProperty("manifest").GetString()!, root.GetProperty("accepted").GetBoolean(), root.GetProperty("code").GetInt32(),
                    [.. root.GetProperty("causes").EnumerateArray().Select(c => new Cause(
                        c.GetProperty("field").GetString()!, c.GetProperty("reason").GetString()!, c.GetProperty("message").GetString()!))],
                    root.TryGetProperty("old", out JsonElement old) ? old.GetString() : null);
            }
        }
    }

    /// <summary>Fields of the causes that come from the structure, not from CEL rules.</summary>
    public IEnumerable<string> StructuralFields() => Causes.Where(c => c.IsStructural).Select(c => c.Field).Distinct();
}

internal sealed record Cause(string Field, string Reason, string Message)
{
    /// <summary>
    /// CEL rules speak as <c>FieldValueInvalid</c> in their own words; structural checks have reasons of their own or say what the
    /// body "should" or "must" be. Causes without a field only repeat others or say that CEL was skipped.
    /// </summary>
    public bool IsStructural => Field != "<nil>" && (Reason != "FieldValueInvalid"
        || Message.Contains(" in body should ", StringComparison.Ordinal) || Message.Contains("array of list-type map", StringComparison.Ordinal));
}
