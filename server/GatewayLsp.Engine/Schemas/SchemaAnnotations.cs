using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Puts what we know of a kind beside its structure (documentation, features, where values come from, order of fields) into the
/// structure that a cluster defines: what is valid is the cluster's word, what it means is ours.
/// </summary>
internal static class SchemaAnnotations
{
    /// <param name="kind">The kind as we know it; null for one that we do not know, which stays as it is.</param>
    /// <param name="ours">Its schema with the fields of all channels.</param>
    public static CustomKind Annotate(CustomKind theirs, ResourceKind? kind, SchemaNode? ours)
    {
        if (kind is null || ours is null)
        {
            return theirs;
        }
        // The origin stays ours: rules that look for kinds of Gateway API look for these.
        ResourceKind annotated = new ResourceKind(theirs.Kind.Gvk, theirs.Kind.Plural, theirs.Kind.Scope, kind.Origin)
        {
            Doc = kind.Doc.IsEmpty ? theirs.Kind.Doc : kind.Doc,
            Link = kind.Link,
            Since = kind.Since,
            ServedInStandard = theirs.Kind.ServedInStandard,
            ServedInExperimental = theirs.Kind.ServedInExperimental,
            IsPreferred = theirs.Kind.IsPreferred,
            Deprecation = theirs.Kind.Deprecation,
        };
        return new CustomKind(annotated, Merge(theirs.Schema, ours));
    }

    private static SchemaNode Merge(SchemaNode theirs, SchemaNode? ours)
    {
        if (ours is null || ReferenceEquals(ours, theirs))
        {
            return theirs;
        }
        return new SchemaNode
        {
            Types = theirs.Types,
            Nullable = theirs.Nullable,
            IntOrString = theirs.IntOrString,
            PreserveUnknownFields = theirs.PreserveUnknownFields,
            EmbeddedResource = theirs.EmbeddedResource,
            Properties = Properties(theirs, ours),
            Required = theirs.Required,
            AdditionalProperties = theirs.AdditionalProperties is { } values ? Merge(values, ours.AdditionalProperties) : null,
            Items = theirs.Items is { } items ? Merge(items, ours.Items) : null,
            Enum = theirs.Enum,
            Pattern = theirs.Pattern,
            Format = theirs.Format,
            Default = theirs.Default,
            MinLength = theirs.MinLength,
            MaxLength = theirs.MaxLength,
            Minimum = theirs.Minimum,
            Maximum = theirs.Maximum,
            ExclusiveMinimum = theirs.ExclusiveMinimum,
            ExclusiveMaximum = theirs.ExclusiveMaximum,
            MultipleOf = theirs.MultipleOf,
            MinItems = theirs.MinItems,
            MaxItems = theirs.MaxItems,
            MinProperties = theirs.MinProperties,
            MaxProperties = theirs.MaxProperties,
            UniqueItems = theirs.UniqueItems,
            ListType = theirs.ListType,
            ListMapKeys = theirs.ListMapKeys,
            MapType = theirs.MapType,
            OneOf = theirs.OneOf,
            AnyOf = theirs.AnyOf,
            AllOf = theirs.AllOf,
            Not = theirs.Not,
            Validations = theirs.Validations,
            Values = Values(theirs, ours),
            Support = ours.Support,
            Feature = ours.Feature,
            Since = ours.Since,
            Link = ours.Link,
            Deprecated = ours.Deprecated,
            CompletionSource = ours.CompletionSource,
            Snippet = ours.Snippet,
            Doc = ours.Doc.IsEmpty ? theirs.Doc : ours.Doc,
        };
    }

    /// <summary>In our order, which is the one that people like to read; then those that we do not know.</summary>
    private static ImmutableArray<SchemaProperty> Properties(SchemaNode theirs, SchemaNode ours)
    {
        if (theirs.Properties.IsEmpty)
        {
            return [];
        }
        var merged = ImmutableArray.CreateBuilder<SchemaProperty>(theirs.Properties.Length);
        foreach (SchemaProperty known in ours.Properties)
        {
            if (theirs.Find(known.Name) is { } property)
            {
                merged.Add(property with { Schema = Merge(property.Schema, known.Schema) });
            }
        }
        foreach (SchemaProperty property in theirs.Properties)
        {
            if (ours.Find(property.Name) is null)
            {
                merged.Add(property);
            }
        }
        return merged.DrainToImmutable();
    }

    /// <summary>Documented values that the cluster takes; all of them where it does not limit the field.</summary>
    private static ImmutableArray<KnownValue> Values(SchemaNode theirs, SchemaNode ours)
    {
        if (ours.Values.IsEmpty)
        {
            return theirs.Values;
        }
        return theirs.Enum.IsEmpty ? ours.Values : [.. ours.Values.Where(value => theirs.Enum.Contains(value.Value))];
    }
}
