using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Schemas;

/// <summary>A kind or field that a minor version of Gateway API does not have yet.</summary>
/// <param name="Entry">The field; of a kind its <c>apiVersion</c>.</param>
/// <param name="Since">As in <c>1.4</c>.</param>
internal readonly record struct NewerPart(YamlEntry Entry, string Field, string Since, bool IsKind);

/// <summary>Finds what of an object is newer than the minor version of Gateway API that it is meant for.</summary>
internal static class NewerParts
{
    /// <summary>The minor version that is bundled, and so the newest that can be asked for.</summary>
    public static int Bundled { get; } = MinorOf(SchemaCatalog.GatewayApiVersion) ?? 0;

    /// <param name="minor">4 for 1.4.</param>
    public static IEnumerable<NewerPart> Of(ManifestObject one, SchemaCatalog catalog, Channel channel, int minor)
    {
        if (minor >= Bundled || catalog.IsOfCluster || catalog.Find(one.Gvk, channel) is not { } schema || catalog.Kind(one.Gvk) is not { Origin: KindOrigin.GatewayApi } kind)
        {
            yield break;
        }
        if (SinceOf(kind, minor) is { } since && one.Node.Find("apiVersion") is { } version)
        {
            yield return new NewerPart(version, "apiVersion", since, IsKind: true);
            yield break;
        }
        foreach (NewerPart part in Fields(one.Node, schema, minor, one.Node))
        {
            yield return part;
        }
    }

    /// <summary>True when the minor version of Gateway API has no such version of the kind yet.</summary>
    public static bool IsNewer(ResourceKind kind, int minor) => SinceOf(kind, minor) is not null;

    public static string Message(NewerPart part, ManifestObject one, int minor)
    {
        string what = part.IsKind ? $"`{one.ApiVersion}` of `{one.Kind}`" : $"`{part.Entry.Name}`";
        return string.Create(CultureInfo.InvariantCulture, $"{what} is in Gateway API since {part.Since}; the target has 1.{minor}, which does not know it.");
    }

    /// <summary>Aliases are not followed: what they lead to is looked at where it is written.</summary>
    private static IEnumerable<NewerPart> Fields(YamlNode node, SchemaNode schema, int minor, YamlNode root)
    {
        if (node is YamlSequence sequence && schema.Items is { } items)
        {
            foreach (YamlNode item in sequence.Items)
            {
                foreach (NewerPart part in Fields(item, items, minor, root))
                {
                    yield return part;
                }
            }
        }
        foreach (YamlEntry entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry.IsUnfinished || schema.Child(entry.Name) is not { } field)
            {
                continue;
            }
            // The schema is that of the channel, and so is the release: many fields were in the experimental channel before.
            if (IsNewer(field.Since, minor))
            {
                yield return new NewerPart(entry, FieldPath.Of(entry, root), Short(field.Since!), IsKind: false);
                continue;
            }
            foreach (NewerPart part in Fields(entry.Value, field, minor, root))
            {
                yield return part;
            }
        }
    }

    /// <summary>The release that brought this version of the kind; null where the minor version is not older than that.</summary>
    private static string? SinceOf(ResourceKind kind, int minor)
    {
        if (EarlierReleases.FirstOf(kind.Gvk) is { } first)
        {
            return first > minor ? string.Create(CultureInfo.InvariantCulture, $"1.{first}") : null;
        }
        // What is said of a kind is true of its latest version; older ones were there before.
        return (kind.IsExperimental || kind.Version == "v1") && IsNewer(kind.Since, minor) ? Short(kind.Since!) : null;
    }

    private static bool IsNewer(string? since, int minor) => since is not null && MinorOf(since) > minor;

    /// <summary><c>v1.4.0</c> or <c>1.4</c>: 4.</summary>
    private static int? MinorOf(string version) =>
        version.TrimStart('v').Split('.') is ["1", var minor, ..] && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Short(string since) => string.Join('.', since.TrimStart('v').Split('.').Take(2));
}
