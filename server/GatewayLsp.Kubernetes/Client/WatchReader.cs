using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>Reads the stream of a watch: one JSON object a line. A line is bounded, and so is the time without any byte.</summary>
internal sealed class WatchReader(Stream stream, WatchRequest request, Redactor redactor)
{
    private const int MaxLine = 16 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <exception cref="IOException">The connection broke off, or the stream makes no sense.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or nothing came for too long.</exception>
    public async IAsyncEnumerable<WatchEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                WatchEvent? read = Parse(_buffer.AsMemory(_start, length));
                _start += length + 1;
                if (read is not null)
                {
                    yield return read;
                    if (read.Kind == WatchEventKind.Error)
                    {
                        yield break;
                    }
                }
                continue;
            }
            MakeRoom();
            stall.CancelAfter(request.StallTimeout);
            int count = await stream.ReadAsync(_buffer.AsMemory(_end), stall.Token).ConfigureAwait(false);
            if (count == 0)
            {
                if (_end > _start)
                {
                    throw new IOException();
                }
                yield break;
            }
            _end += count;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLine)
            {
                throw new IOException();
            }
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLine));
        }
    }

    private WatchEvent? Parse(ReadOnlyMemory<byte> line)
    {
        if (line.Span.Trim((byte)'\r').IsEmpty)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 128 });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("object", out JsonElement content))
            {
                throw new IOException();
            }
            switch (type.GetString())
            {
                case "ADDED":
                    return Of(WatchEventKind.Added, content);
                case "MODIFIED":
                    return Of(WatchEventKind.Modified, content);
                case "DELETED":
                    return Of(WatchEventKind.Deleted, content);
                case "BOOKMARK":
                    return new WatchEvent(WatchEventKind.Bookmark, null, VersionOf(content));
                case "ERROR":
                    return new WatchEvent(WatchEventKind.Error, null, "",
                        StatusReader.Read(0, null, content, ApiPath.What("watch", request.Kind, request.Namespace), redactor));
                default:
                    return null;
            }
        }
        catch (JsonException)
        {
            throw new IOException();
        }
    }

    private WatchEvent? Of(WatchEventKind kind, JsonElement content) =>
        ObservedResource.From(content, request.Kind, request.ManagedFields, request.MetadataOnly) is { } resource
            ? new WatchEvent(kind, resource, resource.ResourceVersion)
            : null;

    private static string VersionOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("resourceVersion", out JsonElement version) && version.ValueKind == JsonValueKind.String ? version.GetString()! : "";
}
