using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Values that other objects of the same kind have in the same field: names that only this workspace knows.</summary>
internal static class SeenValues
{
    private const int MaxObjects = 500;
    private const int MaxValues = 50;
    private const int Rank = 500;

    public static bool IsWorthwhile(ValueSource source) =>
        source.Schema.Enum.IsEmpty && source.Schema.Allows(SchemaTypes.String)
        && (source.Schema.CompletionSource is CompletionSource.GrpcMethod or CompletionSource.GrpcService or CompletionSource.HeaderName
                or CompletionSource.ExtensionName or CompletionSource.ObjectName or CompletionSource.PolicyTargetName
            || source.Node.Entry?.Name is "kind" or "group" or "controllerName");

    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ManifestObject one in source.Objects(source.Scope.Gvk.Group, source.Scope.Gvk.Kind).Take(MaxObjects))
        {
            Collect(seen, source, one, one.Node, 0);
            if (seen.Count >= MaxValues)
            {
                break;
            }
        }
        foreach (string value in seen.Order(StringComparer.Ordinal))
        {
            offers.Add(ValueOffer.Of(value) with { Kind = CompletionKind.Reference, Detail = "in the workspace", Rank = Rank });
        }
    }

    private static void Collect(HashSet<string> seen, ValueSource source, ManifestObject one, YamlNode? node, int step)
    {
        node = node.Resolved();
        string[] path = source.Scope.Path;
        if (step == path.Length)
        {
            bool atCursor = ReferenceEquals(one.Document, source.Request.Document) && node is not null && node.Span.Touches(source.Request.Offset);
            if (!atCursor && node.Text() is { Length: > 0 } value && seen.Count < MaxValues)
            {
                seen.Add(value);
            }
            return;
        }
        if (path[step].Length > 0)
        {
            Collect(seen, source, one, (node as YamlMapping)?.Find(path[step])?.Value, step + 1);
        }
        else if (node is YamlSequence list)
        {
            foreach (YamlNode item in list.Items)
            {
                Collect(seen, source, one, item, step + 1);
            }
        }
    }
}
