using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>A folder to be built, from a file with <c>#file:</c> lines.</summary>
internal static class BuildFixture
{
    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Builds");

    public static Dictionary<string, string> Files(string text)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in ("\n" + text).Split("\n#file: ", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            files["/w/" + part[..end].Trim()] = part[(end + 1)..] + "\n";
        }
        return files;
    }

    public static BuildResult Build(string text, string root)
    {
        Dictionary<string, ManifestFile> files = Files(text).ToDictionary(one => one.Key, one => ManifestFile.Parse(one.Key, one.Value));
        KeyValuePair<ManifestDocument, string>[] kustomizations = [.. files.Values.SelectMany(file => file.Documents.Select(slot => KeyValuePair.Create(slot.Document, file.Path)))
            .Where(one => PartialObjects.IsKustomization(one.Value, one.Key))];
        var byFolder = KustomizeReach.ByFolder(kustomizations);
        (string path, ManifestDocument document) = byFolder[("/w/" + root).TrimEnd('/')];
        return KustomizationBuilder.Build(path, document, byFolder, name => files.GetValueOrDefault(name), CancellationToken.None);
    }

    /// <summary>All objects of a text in one form, whatever their order and notation.</summary>
    public static string Canonical(string yaml)
    {
        var objects = new List<string>();
        foreach (DocumentSlot slot in ManifestFile.Parse("", yaml).Documents)
        {
            Assert.Empty(slot.Document.Errors);
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                var text = new StringBuilder();
                Write(text.Append(one.Kind).Append(' ').Append(one.Namespace).Append('/').Append(one.Name).Append('\n'), one.Node, 1);
                objects.Add(text.ToString());
            }
        }
        objects.Sort(StringComparer.Ordinal);
        return string.Concat(objects);
    }

    private static void Write(StringBuilder text, YamlNode? node, int depth)
    {
        switch (node.Resolved())
        {
            case YamlMapping mapping:
                text.Append("{\n");
                foreach (YamlEntry entry in mapping.Entries.OrderBy(static one => one.Name, StringComparer.Ordinal))
                {
                    Write(text.Append(' ', depth * 2).Append(entry.Name).Append(": "), entry.Value, depth + 1);
                }
                text.Append(' ', (depth * 2) - 2).Append("}\n");
                break;
            case YamlSequence list:
                text.Append("[\n");
                foreach (YamlNode item in list.Items)
                {
                    Write(text.Append(' ', depth * 2), item, depth + 1);
                }
                text.Append(' ', (depth * 2) - 2).Append("]\n");
                break;
            case YamlScalar scalar:
                ScalarKind kind = ScalarResolver.KindOf(scalar);
                string value = kind switch
                {
                    ScalarKind.Integer => ScalarResolver.TryInteger(scalar.Value, out var number) ? number.ToString(CultureInfo.InvariantCulture) : scalar.Value,
                    ScalarKind.Boolean => ScalarResolver.Truth(scalar.Value) ? "true" : "false",
                    ScalarKind.Null => "null",
                    _ => scalar.Value,
                };
                text.Append(kind).Append(' ').Append(value.Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
                break;
        }
    }
}
