using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c>. In a structural schema they only constrain what is declared beside them,
/// so they know no unknown fields, and defaults come from the declaration.
/// </summary>
public sealed partial class SchemaValidator
{
    private void Combinations(YamlNode node, SchemaNode constraint, SchemaNode declared)
    {
        foreach (SchemaNode all in constraint.AllOf)
        {
            Branch(node, all, declared);
        }
        if (constraint.AnyOf.Length > 0)
        {
            Choose(node, constraint.AnyOf, declared, constraint, onlyOne: false);
        }
        if (constraint.OneOf.Length > 0)
        {
            Choose(node, constraint.OneOf, declared, constraint, onlyOne: true);
        }
        // Where nothing counts as missing, every branch that only wants fields fits: that says nothing.
        if (!_options.IsIncomplete && constraint.Not is { } not && Probe(node, not, declared).Count == 0)
        {
            AddValue(SchemaIssueKind.InvalidCombination, node, constraint);
        }
    }

    private void Choose(YamlNode node, ImmutableArray<SchemaNode> branches, SchemaNode declared, SchemaNode constraint, bool onlyOne)
    {
        List<SchemaIssue>? best = null;
        int valid = 0;
        foreach (SchemaNode branch in branches)
        {
            List<SchemaIssue> found = Probe(node, branch, declared);
            valid += found.Count == 0 ? 1 : 0;
            best = best is null || Strangeness(found) < Strangeness(best) ? found : best;
        }
        bool isChoice = branches.Length > 1 && best is [{ Kind: SchemaIssueKind.MissingRequired } missing, ..] && ReferenceEquals(missing.Node, node);
        if (valid == 0 && best is not null && !isChoice)
        {
            // The branch that the value came nearest to says best what is wrong, in its first issue.
            _issues.Add(best[0] with { FailedChoices = best[0].FailedChoices + 1 });
        }
        else if (valid == 0 || (onlyOne && valid > 1 && !_options.IsIncomplete))
        {
            AddValue(SchemaIssueKind.InvalidCombination, node, constraint);
        }
    }

    /// <summary>
    /// How far a value is from what a branch is about: a branch that excludes the value's kind (an enum or <c>not</c> of a
    /// discriminator) is farther than one whose limits it breaks.
    /// </summary>
    private static int Strangeness(List<SchemaIssue> issues)
    {
        int strangeness = issues.Count;
        foreach (SchemaIssue issue in issues)
        {
            strangeness += issue.Kind is SchemaIssueKind.UnsupportedValue or SchemaIssueKind.InvalidCombination or SchemaIssueKind.InvalidType ? 100 : 0;
        }
        return strangeness;
    }

    private List<SchemaIssue> Probe(YamlNode node, SchemaNode branch, SchemaNode declared)
    {
        List<SchemaIssue> outer = _issues;
        _issues = [];
        Branch(node, branch, declared);
        List<SchemaIssue> found = _issues;
        _issues = outer;
        return found;
    }

    private void Branch(YamlNode node, SchemaNode branch, SchemaNode? declared)
    {
        switch (node)
        {
            case YamlScalar scalar:
                Scalar(scalar, branch);
                break;
            case YamlMapping mapping when Takes(branch, SchemaTypes.Object):
                ImmutableArray<YamlEntry> entries = EntriesOf(mapping);
                foreach (SchemaProperty property in branch.Properties)
                {
                    BranchField(mapping, entries, property, declared?.Find(property.Name)?.Schema);
                }
                BranchRequired(mapping, entries, branch, declared);
                Count(mapping, entries.Length, branch.MinProperties, branch.MaxProperties, branch);
                break;
            case YamlSequence sequence when Takes(branch, SchemaTypes.Array):
                Count(sequence, sequence.Items.Length, branch.MinItems, branch.MaxItems, branch);
                if (branch.Items is { } items)
                {
                    for (int i = 0; i < sequence.Items.Length; i++)
                    {
                        if (sequence.Items[i].Resolved() is { } item)
                        {
                            _path.Add(new Segment(null, i));
                            Branch(item, items, declared?.Items);
                            _path.RemoveAt(_path.Count - 1);
                        }
                    }
                }
                break;
            default:
                AddValue(SchemaIssueKind.InvalidType, node, branch);
                break;
        }
        Combinations(node, branch, declared ?? SchemaNode.Any);
    }

    private void BranchField(YamlMapping mapping, ImmutableArray<YamlEntry> entries, SchemaProperty property, SchemaNode? declared)
    {
        YamlNode? value = Find(mapping, entries, property.Name)?.Value.Resolved();
        bool isDefault = value.IsNull();
        if (isDefault)
        {
            value = declared is { Default: not null } ? SchemaFacts.Of(declared).Default : null;
        }
        if (value is null)
        {
            return;
        }
        int before = _issues.Count;
        _path.Add(new Segment(property.Name, -1));
        Branch(value, property.Schema, declared);
        _path.RemoveAt(_path.Count - 1);
        for (int i = before; isDefault && i < _issues.Count; i++)
        {
            // A default stands nowhere in the text: the object is where it can be shown.
            _issues[i] = _issues[i] with { Node = mapping };
        }
    }

    private void BranchRequired(YamlMapping mapping, ImmutableArray<YamlEntry> entries, SchemaNode branch, SchemaNode? declared)
    {
        if (_options.IsIncomplete)
        {
            return;
        }
        foreach (string name in branch.Required)
        {
            SchemaNode field = declared?.Find(name)?.Schema ?? SchemaNode.Any;
            YamlEntry? entry = Find(mapping, entries, name);
            if (field.Default is null && (entry is null || (!field.Nullable && IsNull(entry.Value))))
            {
                _path.Add(new Segment(name, -1));
                Add(new SchemaIssue
                {
                    Kind = SchemaIssueKind.MissingRequired,
                    Field = Path(),
                    Node = mapping,
                    Entry = entry,
                    Schema = field,
                    Owner = declared,
                    Name = name,
                }, mapping);
                _path.RemoveAt(_path.Count - 1);
            }
        }
    }
}
