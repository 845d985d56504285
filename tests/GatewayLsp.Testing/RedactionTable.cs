using System.Text.Json;
using Xunit;

namespace GatewayLsp.Testing;

/// <summary>What must not be legible in any log or report, and what must stay so: <c>tests/redaction.json</c>, the same for server and client.</summary>
public static class RedactionTable
{
    public static void Check(Func<string, string> redact)
    {
        using var table = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFiles.Root, "tests/redaction.json")));
        foreach (JsonElement row in table.RootElement.EnumerateArray())
        {
            string text = row.GetProperty("text").GetString()!;
            string clean = redact(text);
            string[] secrets = Texts(row, "secrets");
            Assert.True(secrets.Length > 0 || clean == text, $"{text}: {clean}");
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, clean, StringComparison.Ordinal));
            Assert.All(Texts(row, "kept"), kept => Assert.Contains(kept, clean, StringComparison.Ordinal));
        }
    }

    private static string[] Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : [];
}
