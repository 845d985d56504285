using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Holds an object to its structural schema as the API server does: unknown fields, types, required fields, limits, list
/// keys; nulls and defaults in the same way. One cause, one issue: below a value of the wrong type nothing is looked at.
/// Work is linear in the text whatever aliases do: what an alias stands for is checked once against one schema.
/// </summary>
/// <remarks>
/// Values that a template fills in are never wrong. What lies in the reach of a syntax error is not judged. Of
/// <c>status</c> only the field names are: the API server drops the rest unseen when an object is created.
/// </remarks>
public sealed partial class SchemaValidator
{
    /// <summary>Nobody reads more; a broken 5 MB document must not cost as much memory as it has faults.</summary>
    public const int MaxIssues = 500;

    /// <summary>Aliases followed again though what they stand for has been checked.</summary>
    private const int MaxRepeated = 2000;

    private readonly SchemaValidation _options;
    private readonly SchemaNode _root;
    private readonly List<Segment> _path = [];
    private List<SchemaIssue> _issues = [];
    private HashSet<(YamlNode, SchemaNode)>? _aliased;
    private int _repeated;
    private MergedEntries? _merged;
    private SchemaNode? _experimental;
    private bool _onlyNames;
    private YamlAlias? _through;

    private SchemaValidator(SchemaNode root, SchemaValidation options)
    {
        _root = root;
        _options = options;
    }

    public static ImmutableArray<SchemaIssue> Validate(YamlMapping root, SchemaNode schema, SchemaValidation options)
    {
        var validator = new SchemaValidator(schema, options);
        validator.Value(root, schema);
        return [.. validator._issues];
    }

    private void Value(YamlNode node, SchemaNode schema)
    {
        if (node is YamlAlias alias)
        {
            if (node.Resolved() is not { } target || !IsWorthwhile(target, schema))
            {
                return;
            }
            node = target;
            _through = alias;
        }
        else if (node.Properties?.Anchor is not null && !IsWorthwhile(node, schema))
        {
            return;
        }
        if (_issues.Count >= MaxIssues)
        {
            return;
        }
        int before = _issues.Count;
        switch (node)
        {
            case YamlScalar scalar:
                Scalar(scalar, schema);
                break;
            case YamlMapping mapping:
                Mapping(mapping, schema);
                break;
            case YamlSequence sequence:
                Sequence(sequence, schema);
                break;
        }
        if (_issues.Count == before && !_onlyNames)
        {
            Combinations(node, schema, schema);
        }
    }

    /// <summary>Once for each schema says it all; the API server speaks up at every alias, but reads none that make too much of them.</summary>
    private bool IsWorthwhile(YamlNode node, SchemaNode schema) =>
        (_aliased ??= []).Add((node, schema)) || (_options.WithConsequences && ++_repeated <= MaxRepeated);

    private void Mapping(YamlMapping mapping, SchemaNode schema)
    {
        if (!Takes(schema, SchemaTypes.Object))
        {
            AddValue(SchemaIssueKind.InvalidType, mapping, schema);
            Consequences(mapping, schema, 0);
            return;
        }
        ImmutableArray<YamlEntry> entries = EntriesOf(mapping);
        bool isRoot = ReferenceEquals(schema, _root);
        int unknown = _issues.Count;
        foreach (YamlEntry entry in entries)
        {
            if (entry.Key is not YamlScalar key || key.IsOpaque || (MergeDirectives.Is(key.Value) && !_options.Document.IsBuilt))
            {
                continue;
            }
            SchemaNode? child = schema.Child(key.Value);
            if (child is null)
            {
                Unknown(mapping, entry, schema);
                continue;
            }
            if (IsNull(entry.Value))
            {
                continue;
            }
            _path.Add(new Segment(key.Value, -1));
            bool isStatus = isRoot && key.Value == "status";
            _onlyNames |= isStatus;
            Value(entry.Value, child);
            _onlyNames &= !isStatus;
            _path.RemoveAt(_path.Count - 1);
        }
        if (_onlyNames)
        {
            return;
        }
        Required(mapping, entries, schema, unknown);
        Count(mapping, entries.Length, schema.MinProperties, schema.MaxProperties, schema);
    }

    private void Unknown(YamlMapping mapping, YamlEntry entry, SchemaNode schema)
    {
        if (schema.PreserveUnknownFields || schema.Types == SchemaTypes.Any || entry.IsUnfinished
            || (schema.EmbeddedResource && entry.Name is "apiVersion" or "kind" or "metadata"))
        {
            return;
        }
        _path.Add(new Segment(entry.Name, -1));
        Add(new SchemaIssue
        {
            Kind = SchemaIssueKind.UnknownField,
            Field = DottedPath(),
            Node = mapping,
            Entry = entry,
            Schema = schema,
            Name = entry.Name,
            IsExperimental = ExperimentalSchema() is not null,
        }, entry.Key);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Required(YamlMapping mapping, ImmutableArray<YamlEntry> entries, SchemaNode schema, int firstIssue)
    {
        if (_options.IsIncomplete)
        {
            return;
        }
        foreach (string name in schema.Required)
        {
            SchemaNode field = schema.Find(name)?.Schema ?? SchemaNode.Any;
            YamlEntry? entry = Find(mapping, entries, name);
            if (field.Default is not null || (entry is not null && (field.Nullable || entry.IsUnfinished || !IsNull(entry.Value)))
                || (_path.Count == 0 && name is "apiVersion" or "kind") || IsMisspelt(schema, name, firstIssue))
            {
                continue;
            }
            _path.Add(new Segment(name, -1));
            Add(new SchemaIssue
            {
                Kind = SchemaIssueKind.MissingRequired,
                Field = Path(),
                Node = mapping,
                Entry = entry,
                Schema = field,
                Owner = schema,
                Name = name,
            }, mapping);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    /// <summary>An unknown field of the same object is meant to be this one: that is one fault, not two.</summary>
    private bool IsMisspelt(SchemaNode schema, string name, int firstIssue)
    {
        for (int i = firstIssue; i < _issues.Count; i++)
        {
            SchemaIssue issue = _issues[i];
            if (issue.Kind == SchemaIssueKind.UnknownField && ReferenceEquals(issue.Schema, schema)
                && NearestName.IsNear(issue.Name, name))
            {
                return true;
            }
        }
        return false;
    }

    private void Sequence(YamlSequence sequence, SchemaNode schema)
    {
        if (!Takes(schema, SchemaTypes.Array))
        {
            AddValue(SchemaIssueKind.InvalidType, sequence, schema);
            Consequences(sequence, schema, 0);
            return;
        }
        if (schema.Items is { } items)
        {
            for (int i = 0; i < sequence.Items.Length; i++)
            {
                YamlNode item = sequence.Items[i];
                _path.Add(new Segment(null, i));
                if (!IsNull(item))
                {
                    Value(item, items);
                }
                else if (!items.Nullable && items.Types != SchemaTypes.Any)
                {
                    AddValue(SchemaIssueKind.InvalidType, item.Resolved()!, items);
                }
                _path.RemoveAt(_path.Count - 1);
            }
        }
        if (!_onlyNames)
        {
            Count(sequence, sequence.Items.Length, schema.MinItems, schema.MaxItems, schema);
            Duplicates(sequence, schema);
        }
    }

    private void Count(YamlNode node, int count, int? min, int? max, SchemaNode schema)
    {
        if (_options.IsIncomplete)
        {
            return;
        }
        if (count > max)
        {
            AddValue(SchemaIssueKind.TooMany, node, schema);
        }
        else if (count < min)
        {
            AddValue(SchemaIssueKind.TooFew, node, schema);
        }
    }

    private static bool Takes(SchemaNode schema, SchemaTypes type) =>
        schema.Types == SchemaTypes.Any ? !schema.IntOrString || type is SchemaTypes.Integer or SchemaTypes.String : (schema.Types & type) != 0;

    private static bool IsNull(YamlNode node) => node is not (YamlMapping or YamlSequence) && node.IsNull();

    private ImmutableArray<YamlEntry> EntriesOf(YamlMapping mapping) => (_merged ??= new MergedEntries()).Of(mapping);

    private static YamlEntry? Find(YamlMapping mapping, ImmutableArray<YamlEntry> entries, string name)
    {
        if (entries == mapping.Entries)
        {
            return mapping.Find(name);
        }
        foreach (YamlEntry entry in entries)
        {
            if (entry.Name == name)
            {
                return entry;
            }
        }
        return null;
    }

    private void AddValue(SchemaIssueKind kind, YamlNode node, SchemaNode schema, YamlNode? first = null) =>
        Add(new SchemaIssue
        {
            Kind = kind,
            Field = Path(),
            Node = node,
            Schema = schema,
            First = first,
            IsExperimental = kind == SchemaIssueKind.UnsupportedValue && node is YamlScalar scalar
                && ExperimentalSchema() is { } wider && HasEnum(wider, scalar, ScalarResolver.KindOf(scalar)),
        }, node);

    private void Add(SchemaIssue issue, YamlNode at)
    {
        if ((_onlyNames && issue.Kind != SchemaIssueKind.UnknownField) || _issues.Count >= MaxIssues || IsDamaged(issue, at))
        {
            return;
        }
        _issues.Add(_through is not null && ReferenceEquals(_through.Resolved(), issue.Node) ? issue with { Through = _through } : issue);
    }

    private bool IsDamaged(SchemaIssue issue, YamlNode at)
    {
        if (_options.Document.Errors.Length == 0)
        {
            return false;
        }
        return issue.Kind is SchemaIssueKind.MissingRequired or SchemaIssueKind.TooFew
            ? DamagedRegion.Holds(_options.Document, at)
            : _options.Document.IsDamaged(at.Span);
    }

    /// <summary>The schema at the current path in the experimental channel; null when there is none, or no such channel.</summary>
    private SchemaNode? ExperimentalSchema()
    {
        _experimental ??= _options.Experimental?.Invoke();
        SchemaNode? at = _experimental;
        foreach (Segment segment in _path)
        {
            at = segment.Key is { } key ? at?.Child(key) : at?.Items;
        }
        return at;
    }

    /// <summary>The API server only puts dots; brackets around unusual keys are for people.</summary>
    private string Path()
    {
        if (_options.WithConsequences)
        {
            return DottedPath();
        }
        string path = "";
        foreach (Segment segment in _path)
        {
            path = segment.Key is { } key ? FieldPath.Child(path, key) : FieldPath.Item(path, segment.Index);
        }
        return path;
    }

    /// <summary>Dots between all names, however they look.</summary>
    private string DottedPath()
    {
        string path = "";
        foreach (Segment segment in _path)
        {
            path = segment.Key is not { } key ? FieldPath.Item(path, segment.Index) : path.Length == 0 ? key : path + "." + key;
        }
        return path;
    }

    /// <summary>A step of the path: a key, or an index when the key is null.</summary>
    private readonly record struct Segment(string? Key, int Index);
}
