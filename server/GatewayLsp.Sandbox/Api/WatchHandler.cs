using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayLsp.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Streams what happens to a resource, one JSON object a line.</summary>
internal sealed class WatchHandler(Cluster cluster, CancellationToken stopping)
{
    private static readonly TimeSpan BetweenBookmarks = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromHours(1);

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task Run(HttpContext context, ApiRequest request, ApiResource resource)
    {
        IQueryCollection query = context.Request.Query;
        Selectors selectors = Selectors.Of(resource, query["labelSelector"].ToString(), FieldSelector(request, query));
        var form = new Representation(resource, request.Version, Representation.Of(context.Request), cluster.Store.Clock);
        bool withBookmarks = query["allowWatchBookmarks"].ToString() is "true" or "1";
        bool isStreamingList = query["sendInitialEvents"].ToString() is "true" or "1";
        string from = query["resourceVersion"].ToString();
        TimeSpan length = int.TryParse(query["timeoutSeconds"], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0 && seconds < LongestWatch.TotalSeconds
            ? TimeSpan.FromSeconds(seconds) : LongestWatch;
        if (from.Length > 0 && !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw ApiFailure.BadRequest($"Invalid value: \"{from}\": the resourceVersion of a watch must be a number");
        }
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        ends.CancelAfter(length);
        context.Response.ContentType = "application/json";
        var output = new Output(context.Response);
        long version;
        bool isFirst = true;
        if (from is "" or "0" || isStreamingList)
        {
            (var objects, version) = cluster.Store.Snapshot(resource.Name);
            foreach (StoredObject one in objects.Values)
            {
                if (IsIn(request, one) && selectors.Matches(one))
                {
                    output.Event("ADDED", json => form.Object(json, one, isFirst));
                    isFirst = false;
                }
            }
            if (isStreamingList && withBookmarks)
            {
                output.Event("BOOKMARK", json => form.Bookmark(json, version, endsInitial: true));
            }
        }
        else
        {
            version = long.Parse(from, CultureInfo.InvariantCulture);
        }
        try
        {
            await output.Flush(ends.Token);
            while (true)
            {
                if (cluster.Store.Since(resource.Name, version) is not { } news)
                {
                    output.Event("ERROR", json => Objects.Json.Write(json, ApiFailure.Expired($"too old resource version: {version} ({cluster.Store.Version})").Status()));
                    await output.Flush(ends.Token);
                    return;
                }
                foreach (StoredChange change in news.Changes)
                {
                    version = change.Version;
                    if (IsIn(request, change.Object) && Seen(selectors, change) is { } type)
                    {
                        output.Event(type, json => form.Object(json, change.Object, isFirst));
                        isFirst = false;
                    }
                }
                version = Math.Max(version, news.Version);
                await output.Flush(ends.Token);
                try
                {
                    await news.Next.WaitAsync(BetweenBookmarks, ends.Token);
                }
                catch (TimeoutException) when (withBookmarks)
                {
                    long now = version;
                    output.Event("BOOKMARK", json => form.Bookmark(json, now, endsInitial: false));
                }
                catch (TimeoutException)
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, the client has gone or the cluster is taken down.
        }
    }

    internal static string FieldSelector(ApiRequest request, IQueryCollection query)
    {
        string fields = query["fieldSelector"].ToString();
        string one = request.Name.Length > 0 ? "metadata.name=" + request.Name : "";
        return fields.Length > 0 && one.Length > 0 ? fields + "," + one : fields + one;
    }

    internal static bool IsIn(ApiRequest request, StoredObject one) => request.Namespace.Length == 0 || one.Place.Namespace == request.Namespace;

    /// <summary>How the change looks through the selectors: an object that no longer fits is gone. Null when nothing is to be seen.</summary>
    private static string? Seen(Selectors selectors, StoredChange change)
    {
        bool now = change.Type != ChangeType.Deleted && selectors.Matches(change.Object);
        bool before = change.Before is { } old && selectors.Matches(old);
        return (before, now) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    private sealed class Output(HttpResponse response)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(4096);

        public void Event(string type, Action<Utf8JsonWriter> write)
        {
            using (var json = new Utf8JsonWriter(_buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WritePropertyName("object");
                write(json);
                json.WriteEndObject();
            }
            _buffer.Write("\n"u8);
        }

        public async Task Flush(CancellationToken cancel)
        {
            if (_buffer.WrittenCount > 0)
            {
                await response.Body.WriteAsync(_buffer.WrittenMemory, cancel);
                _buffer.ResetWrittenCount();
            }
            await response.Body.FlushAsync(cancel);
        }
    }
}
