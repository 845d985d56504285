using System.Xml;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>Summaries of the models' properties, from the documentation file that the package brings along.</summary>
internal sealed class XmlDocs
{
    private const string PropertyOfModel = "P:k8s.Models.";

    private readonly Dictionary<string, string> _summaries;

    private XmlDocs(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads only what is asked for: the file has tens of megabytes.</summary>
    /// <param name="types">Names of model types.</param>
    public static XmlDocs Read(string path, IReadOnlySet<string> types)
    {
        if (!File.Exists(path))
        {
            throw new SchemaSourceException(path, "the documentation of the Kubernetes models is missing");
        }

        var summaries = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(path, new XmlReaderSettings { IgnoreComments = true, IgnoreWhitespace = true });
        reader.ReadToFollowing("member");
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Name == "member" && reader.GetAttribute("name") is { } name && IsWanted(name, types))
            {
                if (reader.ReadToDescendant("summary"))
                {
                    summaries[name[PropertyOfModel.Length..]] = reader.ReadElementContentAsString();
                }
            }
            else
            {
                reader.Skip();
            }

            while (!reader.EOF && !(reader.NodeType == XmlNodeType.Element && reader.Name == "member"))
            {
                reader.Read();
            }
        }

        return new XmlDocs(summaries);
    }

    public string? Summary(string type, string property) => _summaries.GetValueOrDefault($"{type}.{property}");

    private static bool IsWanted(string name, IReadOnlySet<string> types) =>
        name.StartsWith(PropertyOfModel, StringComparison.Ordinal) && types.Contains(name[PropertyOfModel.Length..name.LastIndexOf('.')]);
}
