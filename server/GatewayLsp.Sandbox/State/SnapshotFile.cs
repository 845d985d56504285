using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Control;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.State;

/// <summary>
/// Keeps the objects of both clusters from one run to the next. What nobody but the sandbox wrote (Pods of Deployments,
/// EndpointSlices, issued certificates) is left out: it is made anew. What this run can't show is kept as it stands in the file.
/// </summary>
internal sealed class SnapshotFile : IDisposable
{
    private const string Format = "gateway-sandbox/1";

    private readonly string _path;
    private readonly FileStream _held;
    private readonly JsonObject? _content;
    private readonly Dictionary<string, IReadOnlyList<JsonObject>> _kept = [];
    private long _saved = -1;

    private SnapshotFile(string path, FileStream held, JsonObject? content)
    {
        _path = path;
        _held = held;
        _content = content;
    }

    /// <summary>The file need not be there yet, but it must be possible to write it. A file that is something else is never written over.</summary>
    public static SnapshotFile Open(string path)
    {
        path = Path.GetFullPath(path);
        JsonObject? content = null;
        FileStream? held;
        try
        {
            if (Directory.Exists(path))
            {
                throw new FormatException($"the snapshot {path} is a folder; name a file");
            }
            if (File.Exists(path))
            {
                content = Json.Parse(File.ReadAllBytes(path), maxDepth: Json.MaxOwnDepth) as JsonObject;
                if (content?["format"].Text() != Format)
                {
                    throw new FormatException($"{path} is no snapshot of a sandbox, and is left as it is");
                }
            }
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PrivateFile.CheckWritable(path);
            held = LockFile.TryTake(path + ".lock");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the snapshot {path} can't be {(content is null && File.Exists(path) ? "read" : "written")}: {problem.Message}", problem);
        }
        // Two sandboxes that write the same file would each throw away what the other one keeps.
        return held is null ? throw new IOException($"the snapshot {path} is in use by another sandbox") : new SnapshotFile(path, held, content);
    }

    public void Dispose() => _held.Dispose();

    /// <summary>Answers how many objects are of kinds that the cluster does not serve; they stay in the file.</summary>
    public int Restore(Cluster cluster)
    {
        JsonNode? state = _content.At("clusters", cluster.Name);
        JsonObject[] objects = [.. state.At("objects").Items().OfType<JsonObject>().Select(one => one.Copy())];
        IReadOnlyList<JsonObject> unknown = state is null ? [] : cluster.Restore(objects, state.At("version").Number() ?? 0);
        _kept[cluster.Name] = unknown;
        return unknown.Count;
    }

    /// <summary>Writes the file when something has changed since it was written last.</summary>
    public void Save(IReadOnlyList<Cluster> clusters)
    {
        long now = clusters.Sum(one => one.Store.Version);
        if (now == _saved)
        {
            return;
        }
        JsonObject states = (_content.At("clusters") as JsonObject)?.Copy() ?? [];
        foreach (Cluster cluster in clusters)
        {
            // In front: what came to be of the same name since counts more at the next start.
            var objects = new JsonArray([.. _kept.GetValueOrDefault(cluster.Name, []).Select(one => (JsonNode)one.Copy())]);
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
