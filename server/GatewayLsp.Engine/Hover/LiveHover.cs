using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Hover;

/// <summary>What connected clusters have of an object: whether it is there, what differs, and how it is. Bad news first.</summary>
internal static class LiveHover
{
    private const int MaxFields = 6;
    private const int MaxFacts = 12;
    private const int MaxBackends = 10;

    /// <summary>Adds a paragraph for each cluster that the object may be in.</summary>
    public static void Append(StringBuilder text, Workspace workspace, string path, ManifestObject one)
    {
        foreach (ObservedCluster cluster in workspace.Live.For(workspace, path, one.Document))
        {
            if (LiveLookup.KeyIn(cluster, one, workspace) is { } key)
            {
                text.Append("\n\n**").Append(FieldDocumentation.Escape(cluster.Target.Label)).Append("**: ");
                Append(text, workspace, one, key, cluster);
                if (TargetSkew.Of(one, cluster) is { } skew)
                {
                    text.Append("\n- ").Append(skew);
                }
                if (TargetSkew.UnsupportedFeatures(one, workspace, cluster) is { IsEmpty: false } features)
                {
                    text.Append("\n- its GatewayClass does not announce support for ").AppendJoin(", ", features.Select(FieldDocumentation.Code));
                }
            }
        }
    }

    /// <summary>Of an object that the files lack: in which clusters it is. Null when it is in none that is known.</summary>
    public static string? Found(Workspace world, ObjectKey key)
    {
        var labels = new List<string>();
        ObservedResource? first = null;
        foreach (ObservedCluster cluster in world.Live.For(world))
        {
            if (cluster.Find(key) is { } found)
            {
                labels.Add(FieldDocumentation.Escape(cluster.Target.Label));
                first ??= found;
            }
        }
        return first is null ? null
            : $"**{FieldDocumentation.Escape(key.ToString())}** is not in this workspace; it is in {string.Join(" and in ", labels)}.{(LiveSummary.Of(first) is { Length: > 0 } summary ? "\n\n" + summary : "")}";
    }

    private static void Append(StringBuilder text, Workspace workspace, ManifestObject one, ObjectKey key, ObservedCluster cluster)
    {
        if (cluster.Find(key) is not { } live)
        {
            text.Append(cluster switch
            {
                { State: ConnectionState.Idle or ConnectionState.Connecting } => "connecting",
                { State: ConnectionState.Failed, Error: { } error } => "not known: " + FieldDocumentation.Escape(error.Message),
                _ when cluster.Has(key) == Presence.Absent => "not applied" + Age(cluster),
                _ => "not known whether it is applied" + Age(cluster),
            });
            return;
        }
        LiveStatus status = LiveStatus.Of(live);
        text.Append(live.DeletedAt is not null ? "being deleted" : LiveSummary.StateOf(live, status)).Append(Age(cluster));
        if (LiveDrift.Of(one, live, cluster, workspace) is { } drift)
        {
            AppendDrift(text, drift);
        }
        foreach (LiveFact fact in status.Facts.Where(fact => fact.IsBad).Take(MaxFacts))
        {
            AppendFact(text, fact);
        }
        if (!status.Addresses.IsEmpty)
        {
            text.Append("\n- addresses: ").AppendJoin(", ", status.Addresses.Take(MaxFacts).Select(FieldDocumentation.Code));
        }
        AppendListeners(text, status);
        AppendBackends(text, one, cluster);
    }

    private static void AppendDrift(StringBuilder text, ImmutableArray<FieldChange> drift)
    {
        if (drift.IsEmpty)
        {
            return;
        }
        text.Append("\n- differs from this file in ").AppendJoin(", ", drift.Take(MaxFields).Select(field => FieldDocumentation.Code(field.Path)));
        if (drift.Length > MaxFields)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {drift.Length - MaxFields} more fields");
        }
    }

    private static void AppendFact(StringBuilder text, LiveFact fact)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n- **{FieldDocumentation.Escape(fact.Type)} = {FieldDocumentation.Escape(fact.Status)}**");
        if (fact.Listener is { } listener)
        {
            text.Append(" for listener ").Append(FieldDocumentation.Code(listener));
        }
        else if (fact.Parent is { } parent)
        {
            text.Append(" for parent ").Append(FieldDocumentation.Code(parent.ToString()));
        }
        text.Append(": ").Append(ReasonWords.Of(fact.Type, fact.Reason) is { } words ? $"{words} (`{FieldDocumentation.Escape(fact.Reason)}`)" : FieldDocumentation.Code(fact.Reason));
        if (fact.Message.Length > 0)
        {
            text.Append(". ").Append(FieldDocumentation.Escape(fact.Message));
        }
    }

    private static void AppendListeners(StringBuilder text, LiveStatus status)
    {
        var attached = status.Listeners.Where(listener => listener.AttachedRoutes is not null).Take(MaxFacts)
            .Select(listener => string.Create(CultureInfo.InvariantCulture, $"{FieldDocumentation.Code(listener.Name)} {listener.AttachedRoutes}")).ToList();
        if (attached.Count > 0)
        {
            text.Append("\n- attached routes: ").AppendJoin(", ", attached);
        }
    }

    /// <summary>Ready endpoints of the Services that a route sends to, or of the Service itself.</summary>
    private static void AppendBackends(StringBuilder text, ManifestObject one, ObservedCluster cluster)
    {
        IEnumerable<ObjectKey> services = one.View() switch
        {
            Route route => route.AllBackends.Where(backend => backend is { IsService: true, IsKnown: true }).Select(backend => backend.Key).Distinct(),
            Service => [new ObjectKey(ApiGroups.Core, "Service", one.Namespace.Length == 0 ? cluster.Target.Namespace : one.Namespace, one.Name)],
            _ => [],
        };
        var counts = new List<string>();
        LiveEndpoints? endpoints = null;
        foreach (ObjectKey service in services.Take(MaxBackends))
        {
            if (cluster.Has(service) == Presence.Absent)
            {
                counts.Add($"{FieldDocumentation.Code(service.Name)} does not exist");
            }
            else if ((endpoints ??= LiveEndpoints.Of(cluster)).At(service.Group, service.Kind, service.Namespace, service.Name) is { Ready: { } ready } known)
            {
                counts.Add(string.Create(CultureInfo.InvariantCulture, $"{FieldDocumentation.Code(service.Name)} {ready} of {known.All}"));
            }
        }
        if (counts.Count > 0)
        {
            text.Append("\n- ready endpoints: ").AppendJoin(", ", counts);
        }
    }

    private static string Age(ObservedCluster cluster) => cluster.State != ConnectionState.Lost || cluster.ContactAt is not { } at ? ""
        : string.Create(CultureInfo.InvariantCulture, $" (the cluster does not answer; last seen {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)");
}
