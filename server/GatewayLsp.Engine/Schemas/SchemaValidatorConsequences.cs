using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>What strict decoding makes of a value of the wrong type: it looks for unknown fields before types are checked.</summary>
public sealed partial class SchemaValidator
{
    private const int MaxConsequenceDepth = 100;

    private void Consequences(YamlNode? node, SchemaNode? schema, int depth)
    {
        if (!_options.WithConsequences || depth > MaxConsequenceDepth || _issues.Count >= MaxIssues || schema?.PreserveUnknownFields == true)
        {
            return;
        }
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in EntriesOf(mapping))
                {
                    _path.Add(new Segment(entry.Name, -1));
                    if (schema?.Child(entry.Name) is { } child)
                    {
                        Consequences(entry.Value.Resolved(), child, depth + 1);
                    }
                    else
                    {
                        Add(new SchemaIssue
                        {
                            Kind = SchemaIssueKind.UnknownField,
                            Field = DottedPath(),
                            Node = mapping,
                            Entry = entry,
                            Schema = schema ?? SchemaNode.Any,
                            Name = entry.Name,
                            IsConsequence = true,
                        }, entry.Key);
                    }
                    _path.RemoveAt(_path.Count - 1);
                }
                break;
            case YamlSequence sequence:
                for (int i = 0; i < sequence.Items.Length; i++)
                {
                    _path.Add(new Segment(null, i));
                    Consequences(sequence.Items[i].Resolved(), schema?.Items, depth + 1);
                    _path.RemoveAt(_path.Count - 1);
                }
                break;
        }
    }
}
