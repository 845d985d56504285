namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A type as a value: what <c>type(x)</c> gives and names such as <c>int</c> mean.</summary>
public sealed class CelTypeValue : CelValue
{
    private static readonly CelTypeValue[] ByKind = MakeTypes();

    private CelTypeValue(string name)
        : base(CelKind.Type) => Name = name;

    public string Name { get; }

    internal static CelTypeValue Of(CelValue value) => ByKind[(int)value.Kind];

    internal static CelTypeValue Of(CelKind kind) => ByKind[(int)kind];

    internal static string NameOf(CelValue value) => Of(value).Name;

    /// <summary>The type of that name as an expression writes it; null when there is none.</summary>
    internal static CelTypeValue? Find(string name)
    {
        for (int i = (int)CelKind.Null; i < ByKind.Length; i++)
        {
            if (string.Equals(ByKind[i].Name, name, StringComparison.Ordinal))
            {
                return ByKind[i];
            }
        }
        return null;
    }

    private static CelTypeValue[] MakeTypes()
    {
        string[] names =
        [
            "error", "unknown", "null_type", "bool", "int", "uint", "double", "string", "bytes", "list", "map", "type",
            "google.protobuf.Duration", "google.protobuf.Timestamp", "optional_type", "kubernetes.Quantity", "net.IP", "net.CIDR",
            "kubernetes.URL", "kubernetes.Semver", "kubernetes.NamedFormat",
        ];
        return Array.ConvertAll(names, name => new CelTypeValue(name));
    }
}
