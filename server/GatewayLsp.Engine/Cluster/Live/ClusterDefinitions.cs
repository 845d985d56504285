using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>
/// Kinds as a cluster itself defines them (structural schema and CEL rules of its CustomResourceDefinitions): for that cluster they
/// count instead of the bundled ones. Immutable; clusters with the same definitions may share it.
/// </summary>
public sealed class ClusterDefinitions
{
    /// <summary>Larger definitions are not read: the API server takes none of more than about this size.</summary>
    private const int MaxSize = 4 << 20;

    private static readonly JsonWriterOptions Written = new() { MaxDepth = 160, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImmutableArray<CustomKind> _kinds;
    private readonly ImmutableHashSet<Gvk> _versions;
    private readonly ImmutableHashSet<(string Group, string Kind)> _names;
    private readonly bool _isComplete;
    private Made<SchemaCatalog>? _catalog;
    private Made<DocumentContext>? _context;

    private ClusterDefinitions(ImmutableArray<CustomKind> kinds, bool isComplete, GatewayApiBundle? release)
    {
        _kinds = kinds;
        _isComplete = isComplete;
        Release = release;
        _versions = [.. kinds.Select(one => one.Kind.Gvk)];
        _names = [.. kinds.Select(one => (one.Kind.Group, one.Kind.Kind))];
        Catalog = SchemaCatalog.Bundled.Replacing(kinds, isComplete);
    }

    /// <summary>The bundled kinds with those of the cluster in their place.</summary>
    public SchemaCatalog Catalog { get; }

    /// <summary>Null when the definitions do not tell.</summary>
    public GatewayApiBundle? Release { get; }

    /// <summary>True for a version of a kind that the cluster defines, served or not.</summary>
    public bool Has(Gvk gvk) => _versions.Contains(gvk);

    /// <summary>True for an object about which these definitions say anything, be it that there is no such kind.</summary>
    public bool Concern(ManifestObject one) =>
        _names.Contains((one.Gvk.Group, one.Kind)) || (_isComplete && SchemaCatalog.IsGatewayApiGroup(one.Gvk.Group));

    /// <summary>The kinds of a workspace with those of the cluster in their place.</summary>
    public SchemaCatalog Over(SchemaCatalog own)
    {
        if (ReferenceEquals(own, SchemaCatalog.Bundled))
        {
            return Catalog;
        }
        if (_catalog is { } known && ReferenceEquals(known.From, own))
        {
            return known.What;
        }
        SchemaCatalog made = own.Replacing(_kinds, _isComplete);
        _catalog = new Made<SchemaCatalog>(own, made);
        return made;
    }

    /// <summary>What findings of a document depend on where it is for this cluster; the same instance for the same context.</summary>
    internal DocumentContext ContextOf(DocumentContext own)
    {
        if (_context is { } known && known.From.Equals(own))
        {
            return known.What;
        }
        var made = new DocumentContext(Over(own.Catalog), own.Settings.GatewayApiMinor is null ? own.Settings : own.Settings with { GatewayApiMinor = null }, own.IsPartial);
        _context = new Made<DocumentContext>(own, made);
        return made;
    }

    /// <param name="definitions">CustomResourceDefinitions as JSON.</param>
    /// <param name="isComplete">True when these are all definitions of Gateway API that the cluster has.</param>
    public static ClusterDefinitions Read(IEnumerable<ReadOnlyMemory<byte>> definitions, bool isComplete = false)
    {
        var kinds = ImmutableArray.CreateBuilder<CustomKind>();
        GatewayApiBundle? release = null;
        foreach (ReadOnlyMemory<byte> json in definitions)
        {
            if (Text(json) is { } text)
            {
                ImmutableArray<CustomKind> read = CrdReader.Read(new ManifestDocument(text).Root.Resolved());
                kinds.AddRange(read);
                release ??= read is [var first, ..] && SchemaCatalog.IsGatewayApiGroup(first.Kind.Group) ? GatewayApiBundle.Of(json) : null;
            }
        }
        return new ClusterDefinitions(kinds.DrainToImmutable(), isComplete, release);
    }

    /// <summary>Equal for the same definitions, whichever cluster they are of.</summary>
    public static string Digest(IEnumerable<ReadOnlyMemory<byte>> definitions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> json in definitions)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Text(json) ?? ""));
            hash.AppendData(Encoding.UTF8.GetBytes(GatewayApiBundle.Of(json)?.ToString() ?? ""));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>An object, so that threads that ask at the same time see both or none.</summary>
    private sealed record Made<T>(T From, T What);

    /// <summary>JSON is YAML. Only what a definition defines: the rest is of one cluster, and of one moment.</summary>
    private static string? Text(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxSize)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }
            var buffer = new ArrayBufferWriter<byte>(json.Length);
            using (var writer = new Utf8JsonWriter(buffer, Written))
            {
                writer.WriteStartObject();
                foreach (string name in (ReadOnlySpan<string>)["apiVersion", "kind", "spec"])
                {
                    if (document.RootElement.TryGetProperty(name, out JsonElement value))
                    {
                        writer.WritePropertyName(name);
                        value.WriteTo(writer);
                    }
                }
                writer.WriteEndObject();
            }
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
