using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>
/// An object and what is stored of it. Values that were wrong before and have not changed are tolerated in an update
/// (ratcheting, as API servers do since Kubernetes 1.33).
/// </summary>
internal sealed class Update
{
    private readonly ManifestObject _one;
    private readonly SchemaNode _schema;
    private readonly bool _hadDuplicates;

    public Update(ManifestObject one, ManifestObject old, SchemaNode schema)
    {
        _one = one;
        _schema = schema;
        New = ObjectDecoder.Read(one.Node, schema);
        Old = ObjectDecoder.Read(old.Node, schema);
        foreach (SchemaIssue issue in SchemaValidator.Validate(old.Node, schema, new SchemaValidation(old.Document)))
        {
            _hadDuplicates |= issue.Kind == SchemaIssueKind.Duplicate;
        }
    }

    public PlainMap New { get; }

    public PlainMap Old { get; }

    /// <summary>The value to blame, or one around it, is what it was before.</summary>
    public bool Tolerates(SchemaIssue issue)
    {
        if (issue.Kind == SchemaIssueKind.Duplicate)
        {
            return _hadDuplicates;
        }
        PlainValue? now = New;
        PlainValue? before = Old;
        SchemaNode? schema = _schema;
        foreach (YamlNode step in issue.Node.PathFrom(_one.Node))
        {
            if (step.Owner is YamlEntry entry)
            {
                now = (now as PlainMap)?.Find(entry.Name);
                before = (before as PlainMap)?.Find(entry.Name);
                schema = schema?.Child(entry.Name);
            }
            else
            {
                now = now is PlainList list && step.ItemIndex() is >= 0 and var index && index < list.Items.Count ? list.Items[index] : null;
                before = now is not null && schema?.ListType == SchemaListType.Map && before is PlainList old
                    ? PlainEquality.WithSameKeys(old, now, schema.ListMapKeys) : null;
                schema = schema?.Items;
            }
            if (now is null || before is null)
            {
                return false;
            }
            if (PlainEquality.Same(now, before))
            {
                return true;
            }
        }
        return false;
    }
}
