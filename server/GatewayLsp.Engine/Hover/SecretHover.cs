using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>Values of a Secret are counted, never shown: hovers end up in screenshots and recordings.</summary>
internal static class SecretHover
{
    /// <summary>Null for everything that is no Secret's data.</summary>
    public static string? Describe(ManifestObject one, YamlScalar value)
    {
        if (one.Kind != "Secret" || one.Gvk.Group.Length != 0 || value.Entry?.Mapping.Entry is not { } map || !ReferenceEquals(map.Mapping, one.Node))
        {
            return null;
        }
        return map.Name switch
        {
            "data" when Base64.IsValid(value.Value, out int bytes) => Count(bytes),
            "data" => "Not Base64, not shown.",
            "stringData" => Count(Encoding.UTF8.GetByteCount(value.Value)),
            _ => null,
        };
    }

    private static string Count(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes} {(bytes == 1 ? "byte" : "bytes")}, not shown.");
}
