using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary>Reviewed outputs in <c>Golden/</c>. UPDATE_BASELINES=1 writes them anew.</summary>
internal static class Golden
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Check(string name, string actual, [CallerFilePath] string here = "")
    {
        string file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }
        Assert.True(File.Exists(file), $"{file} is missing: run the tests once with UPDATE_BASELINES=1 and review it");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
