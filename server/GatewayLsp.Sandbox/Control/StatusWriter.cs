using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>Writes what the engine says of objects into their status.</summary>
internal sealed class StatusWriter(Cluster cluster, ObjectWriter writer, DataPlane plane)
{
    public const string ControllerName = "gateway-lsp/sandbox";

    /// <summary>Annotation of a Gateway whose ports could not be opened under their own numbers: <c>80=8080,443=8443</c>.</summary>
    public const string PortsAnnotation = "gateway-sandbox/ports";

    public const string Manager = "gateway-sandbox";

    public void Write(ImmutableArray<ObjectConditions> all)
    {
        foreach (ObjectConditions one in all)
        {
            ObjectView view = one.View;
            if (cluster.Registry.OfKind(view.Group, view.Kind) is { } resource)
            {
                var place = new ObjectPlace(view.Namespace, view.Name);
                writer.Modify(resource, place, "status", Manager, body => Fill(body, one));
                if (view is Gateway)
                {
                    Annotate(resource, place);
                }
            }
        }
    }

    /// <summary>A condition in the form of the API. The time changes only with the status.</summary>
    public static JsonObject Condition(JsonNode? known, string type, string status, string reason, string message, long? generation, string now)
    {
        var json = new JsonObject { ["type"] = type, ["status"] = status, ["reason"] = reason, ["message"] = message };
        JsonNode? before = known.Items().FirstOrDefault(one => one.At("type").Text() == type);
        json["lastTransitionTime"] = before.At("status").Text() == status ? before.At("lastTransitionTime").Text() ?? now : now;
        if (generation is { } number)
        {
            json["observedGeneration"] = number;
        }
        return json;
    }

    private void Fill(JsonObject body, ObjectConditions one)
    {
        long generation = body.At("metadata", "generation").Number() ?? 1;
        string now = JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());
        JsonObject before = body["status"] as JsonObject ?? [];
        JsonArray made(JsonNode? known, ImmutableArray<Condition> conditions) =>
            new([.. conditions.Select(condition => (JsonNode)Condition(known, condition.Type, condition.Status.ToString(), condition.Reason, condition.Message, generation, now))]);
        var status = new JsonObject();
        if (one.View is Gateway && plane.AddressOf(new ObjectName(one.View.Namespace, one.View.Name)) is { } address)
        {
            status["addresses"] = new JsonArray(new JsonObject { ["type"] = "IPAddress", ["value"] = address.Address.ToString() });
        }
        if (one.AttachedListenerSets is > 0 and var sets)
        {
            status["attachedListenerSets"] = sets;
        }
        if (one.Conditions is { } conditions)
        {
            status["conditions"] = made(before["conditions"], conditions);
        }
        if (one.Listeners is { } listeners)
        {
            status["listeners"] = new JsonArray([.. listeners.Select(listener => (JsonNode)new JsonObject
            {
                ["name"] = listener.Name,
                ["attachedRoutes"] = listener.AttachedRoutes,
                ["supportedKinds"] = new JsonArray([.. listener.SupportedKinds.Select(kind => (JsonNode)new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind })]),
                ["conditions"] = made(before["listeners"].Items().FirstOrDefault(known => known.At("name").Text() == listener.Name).At("conditions"), listener.Conditions),
            })]);
        }
        if (one.Parents is { } parents)
        {
            status["parents"] = Parents((Route)one.View, body, before, parents, made);
        }
        if (one.Ancestors is { } ancestors)
        {
            status["ancestors"] = new JsonArray([.. ancestors.Select(ancestor =>
            {
                var reference = new JsonObject { ["group"] = ancestor.Ancestor.Key.Group, ["kind"] = "Gateway", ["namespace"] = ancestor.Ancestor.Key.Namespace, ["name"] = ancestor.Ancestor.Key.Name };
                JsonNode? known = before["ancestors"].Items().FirstOrDefault(old => Json.Same(old.At("ancestorRef"), reference));
                return (JsonNode)new JsonObject { ["ancestorRef"] = reference, ["controllerName"] = ControllerName, ["conditions"] = made(known.At("conditions"), ancestor.Conditions) };
            })]);
        }
        body["status"] = status;
    }

    /// <summary>The reference stands in the status as it stands in the spec.</summary>
    private static JsonArray Parents(Route route, JsonObject body, JsonObject before, ImmutableArray<ParentStatus> parents, Func<JsonNode?, ImmutableArray<Condition>, JsonArray> made)
    {
        var written = new JsonArray();
        foreach (ParentStatus parent in parents)
        {
            int at = route.ParentRefs.IndexOf(parent.Parent.Ref);
            JsonNode? reference = body.At("spec", "parentRefs") is JsonArray given && at >= 0 && at < given.Count ? given[at]?.DeepClone() : null;
            JsonNode? known = before["parents"].Items().FirstOrDefault(old => Json.Same(old.At("parentRef"), reference));
            written.Add((JsonNode)new JsonObject { ["parentRef"] = reference, ["controllerName"] = ControllerName, ["conditions"] = made(known.At("conditions"), parent.Conditions) });
        }
        return written;
    }

    private void Annotate(ApiResource resource, ObjectPlace place)
    {
        string? mapping = plane.AddressOf(new ObjectName(place.Namespace, place.Name))?.Mapping;
        writer.Modify(resource, place, "", Manager, body =>
        {
            if (body.At("metadata", "annotations", PortsAnnotation).Text() == mapping)
            {
                return;
            }
            JsonObject annotations = body.Child("metadata").Child("annotations");
            annotations.Remove(PortsAnnotation);
            if (mapping is not null)
            {
                annotations[PortsAnnotation] = mapping;
            }
            else if (annotations.Count == 0)
            {
                body.Child("metadata").Remove("annotations");
            }
        });
    }
}
