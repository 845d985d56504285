using System.Text;
using GatewayLsp.SchemaTool.Export;
using GatewayLsp.SchemaTool.Pack;

namespace GatewayLsp.SchemaTool;

/// <summary>The tool's command line. Only our own build calls it.</summary>
internal static class Commands
{
    private const string Usage = """
        schematool compile --schemas DIR --out FILE     make the form that the engine embeds
        schematool export  --schemas DIR --out DIR|ZIP  make JSON Schema files for other editors
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length != 5 || Option(args, "--schemas") is not { } schemas || Option(args, "--out") is not { } output)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        switch (args[0])
        {
            case "compile":
                Replace(output, PackWriter.Write(AllKinds.Load(schemas)));
                return 0;
            case "export":
                var files = await SchemaExport.MakeAsync(AllKinds.Load(schemas));
                if (output.EndsWith(".zip", StringComparison.Ordinal))
                {
                    Replace(output, SchemaExport.Zip(files));
                }
                else
                {
                    foreach (var (path, text) in files)
                    {
                        Replace(Path.Combine(output, path), Encoding.UTF8.GetBytes(text));
                    }
                }

                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at > 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    /// <summary>Whole or not at all: another build may be reading the file.</summary>
    private static void Replace(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(fresh, content);
        File.Move(fresh, path, overwrite: true);
    }
}
