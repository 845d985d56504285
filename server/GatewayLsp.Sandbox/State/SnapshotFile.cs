using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.State;

/// <summary>
/// Keeps the objects of both clusters from one run to the next. What nobody but the sandbox wrote (Pods of Deployments,
/// EndpointSlices, issued certificates) is left out: it is made anew.
/// </summary>
internal sealed class SnapshotFile
{
    private const string Format = "gateway-sandbox/1";

    private readonly string _path;
    private readonly JsonObject? _content;
    private long _saved = -1;

    private SnapshotFile(string path, JsonObject? content)
    {
        _path = path;
        _content = content;
    }

    /// <summary>The file need not be there yet. A file that is something else is never written over.</summary>
    public static SnapshotFile Open(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new SnapshotFile(path, null);
        }
        return Json.Parse(File.ReadAllBytes(path)) is JsonObject content && content["format"].Text() == Format
            ? new SnapshotFile(path, content) : throw new FormatException($"{path} is no snapshot of a sandbox");
    }

    /// <summary>Answers how many objects are of kinds that the cluster does not serve.</summary>
    public int Restore(Cluster cluster)
    {
        JsonNode? state = _content.At("clusters", cluster.Name);
        JsonObject[] objects = [.. state.At("objects").Items().OfType<JsonObject>().Select(one => one.Copy())];
        return state is null ? 0 : cluster.Restore(objects, state.At("version").Number() ?? 0);
    }

    /// <summary>Writes the file when something has changed since it was written last.</summary>
    public void Save(IReadOnlyList<Cluster> clusters)
    {
        long now = clusters.Sum(one => one.Store.Version);
        if (now == _saved)
        {
            return;
        }
        var states = new JsonObject();
        foreach (Cluster cluster in clusters)
        {
            var objects = new JsonArray();
            long version;
            lock (cluster.Store.Gate)
            {
                version = cluster.Store.Version;
                foreach (ResourceName resource in cluster.Store.Resources)
                {
                    foreach (StoredObject one in cluster.Store.Objects(resource).Values.Where(one => !IsOwn(one.Body)))
                    {
                        objects.Add((JsonNode)one.Body.Copy());
                    }
                }
            }
            states[cluster.Name] = new JsonObject { ["version"] = version, ["objects"] = objects };
        }
        PrivateFile.Write(_path, Json.Write(new JsonObject { ["format"] = Format, ["clusters"] = states }));
        _saved = now;
    }

    private static bool IsOwn(JsonObject body) =>
        body.At("metadata", "managedFields") is JsonArray { Count: > 0 } managers && managers.All(one => one.At("manager").Text() == StatusWriter.Manager);
}
