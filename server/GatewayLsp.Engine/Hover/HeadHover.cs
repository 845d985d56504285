using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>The head of an object (values of <c>apiVersion</c>, <c>kind</c>, <c>metadata.name</c>): what it is and who refers to it.</summary>
internal static class HeadHover
{
    private const int MaxReferrers = 10;

    public static bool IsHead(ManifestObject one, YamlNode node) =>
        node.Entry is { } entry
        && (ReferenceEquals(entry.Mapping, one.Node) ? entry.Name is "apiVersion" or "kind"
            : entry.Name == "name" && entry.Mapping.Entry is { Name: "metadata" } metadata && ReferenceEquals(metadata.Mapping, one.Node));

    /// <summary>Null when we know nothing of the kind.</summary>
    public static string? Describe(Workspace workspace, string path, ManifestObject one)
    {
        SchemaCatalog catalog = workspace.CatalogOf(path, one.Document);
        if (IsTemplated(one) && KindGuess.Of(catalog, one.Kind, workspace.Settings.Channel) is { } guess)
        {
            return DescribeGuess(catalog, one, guess);
        }
        KindVerdict verdict = catalog.Explain(one.Gvk, workspace.Settings.Channel);
        if (verdict.Availability == KindAvailability.Unknown || one.Kind.Length == 0)
        {
            return null;
        }
        ResourceKind? kind = catalog.Kind(one.Gvk) ?? (verdict.Availability == KindAvailability.UnknownVersion ? verdict.Use : null);
        var text = new StringBuilder();
        text.Append("**").Append(FieldDocumentation.Escape(ObjectPlace.NameOf(one))).Append("** : ").Append(FieldDocumentation.Code(one.ApiVersion));
        if (kind is not null)
        {
            AppendKind(text, catalog, kind);
        }
        if (verdict.Reason is { } reason)
        {
            text.Append("\n\n").Append(reason);
        }
        if (kind is not null && ObjectSummary.Of(one) is { Length: > 0 } summary)
        {
            text.Append("\n\n").Append(summary);
        }
        if (verdict.Availability != KindAvailability.Foreign)
        {
            LiveHover.Append(text, workspace, path, one);
            AppendReferrers(text, workspace, path, one);
        }
        FieldDocumentation.AppendLink(text, kind?.Link);
        return text.ToString();
    }

    /// <summary>True when a template fills in the apiVersion: the kind alone says what the object is.</summary>
    public static bool IsTemplated(ManifestObject one) => one.Gvk.Group == ManifestObject.UnknownGroup && one.Node.Get("apiVersion") is YamlScalar { IsOpaque: true };

    private static string DescribeGuess(SchemaCatalog catalog, ManifestObject one, ResourceKind guess)
    {
        var text = new StringBuilder();
        text.Append("**").Append(FieldDocumentation.Escape(ObjectPlace.NameOf(one))).Append("**\n\nA template fills in the `apiVersion`; read as ")
            .Append(FieldDocumentation.Code(guess.Gvk.ApiVersion)).Append('.');
        AppendKind(text, catalog, guess);
        if (ObjectSummary.Of(one) is { Length: > 0 } summary)
        {
            text.Append("\n\n").Append(summary);
        }
        FieldDocumentation.AppendLink(text, guess.Link);
        return text.ToString();
    }

    /// <summary>What a kind is: badges and description.</summary>
    public static void AppendKind(StringBuilder text, SchemaCatalog catalog, ResourceKind kind)
    {
        var badges = new List<string> { OriginOf(kind), kind.Scope == ResourceScope.Cluster ? "cluster-scoped" : "namespaced" };
        if (kind.IsExperimental)
        {
            badges.Add("experimental channel");
        }
        if (kind.Since is { } since)
        {
            badges.Add("since " + since);
        }
        if (OtherVersions(catalog, kind) is { Length: > 0 } others)
        {
            badges.Add("also served: " + others);
        }
        text.Append("\n\n").AppendJoin(" · ", badges);
        // What is served no more has a verdict that says so.
        if (!kind.IsLegacy && kind.Deprecation is { } deprecation)
        {
            text.Append("\n\n**Deprecated:** ").Append(deprecation);
        }
        if (kind.Description is { Length: > 0 } description)
        {
            text.Append("\n\n").Append(description);
        }
    }

    private static string OriginOf(ResourceKind kind) => kind.Origin switch
    {
        KindOrigin.GatewayApi => "Gateway API",
        KindOrigin.Kubernetes => "Kubernetes",
        KindOrigin.MultiCluster => "Multi-cluster Services",
        KindOrigin.Gke => "Google Kubernetes Engine",
        _ => "defined in this workspace",
    };

    private static string OtherVersions(SchemaCatalog catalog, ResourceKind kind)
    {
        var names = new List<string>();
        foreach (ResourceKind other in catalog.KindsNamed(kind.Kind))
        {
            if (other.Group == kind.Group && other.Version != kind.Version && !other.IsLegacy)
            {
                names.Add(FieldDocumentation.Code(other.Version));
            }
        }
        return string.Join(", ", names);
    }

    private static void AppendReferrers(StringBuilder text, Workspace workspace, string path, ManifestObject one)
    {
        if (one.Name.Length == 0)
        {
            return;
        }
        var (first, count) = FirstReferrers(workspace, path, one);
        if (count == 0)
        {
            return;
        }
        text.Append("\n\nReferred to by:");
        foreach (Referrer referrer in first)
        {
            ManifestObject from = referrer.Reference.From;
            text.Append("\n- ").Append(FieldDocumentation.Escape(ObjectPlace.NameOf(from))).Append(" (")
                .Append(ObjectPlace.Link(workspace, referrer.Path, from.Document, referrer.Reference.Node.Span.Start)).Append(')');
        }
        if (count > first.Count)
        {
            text.Append("\n- and ").Append(count - first.Count).Append(" more");
        }
    }

    /// <summary>
    /// The first few by file and name, each object once, those of the same file ahead. Kept in order as they come: a Gateway
    /// may have thousands, and all but ten are only counted.
    /// </summary>
    private static (List<Referrer> First, int Count) FirstReferrers(Workspace workspace, string path, ManifestObject one)
    {
        ImmutableArray<Referrer> all = workspace.IndexAtHand.ReferencesWith(workspace.Catalog).To(ResourceIndex.KeyOf(one, workspace.Catalog));
        var objects = new HashSet<YamlNode>(all.Length, ReferenceEqualityComparer.Instance);
        var first = new List<Referrer>(MaxReferrers + 1);
        foreach (Referrer referrer in all)
        {
            YamlMapping from = referrer.Reference.From.Node;
            if (ReferenceEquals(from, one.Node))
            {
                continue;
            }
            objects.Add(from);
            int at = first.Count;
            while (at > 0 && Compare(referrer, first[at - 1], path) < 0)
            {
                at--;
            }
            // References of one object are neighbours in this order: the first of them stands for all.
            if (at == MaxReferrers || (at > 0 && ReferenceEquals(first[at - 1].Reference.From.Node, from)))
            {
                continue;
            }
            if (at < first.Count && ReferenceEquals(first[at].Reference.From.Node, from))
            {
                first[at] = referrer;
                continue;
            }
            first.Insert(at, referrer);
            if (first.Count > MaxReferrers)
            {
                first.RemoveAt(MaxReferrers);
            }
        }
        return (first, objects.Count);
    }

    private static int Compare(Referrer a, Referrer b, string path)
    {
        ManifestObject x = a.Reference.From;
        ManifestObject y = b.Reference.From;
        int order = (a.Path != path).CompareTo(b.Path != path);
        order = order != 0 ? order : string.CompareOrdinal(a.Path, b.Path);
        order = order != 0 ? order : string.CompareOrdinal(x.Kind, y.Kind);
        order = order != 0 ? order : string.CompareOrdinal(x.Namespace, y.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        order = order != 0 ? order : x.Node.Span.Start.CompareTo(y.Node.Span.Start);
        return order != 0 ? order : a.Reference.Node.Span.Start.CompareTo(b.Reference.Node.Span.Start);
    }
}
