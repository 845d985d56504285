namespace GatewayLsp.Engine.Schemas;

/// <summary>Group, version and kind of an object. The core group is the empty string.</summary>
public readonly record struct Gvk(string Group, string Version, string Kind)
{
    /// <summary>The value of <c>apiVersion</c>: <c>group/version</c>, or only the version in the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Splits an <c>apiVersion</c>. False when it is empty or has more than one slash or an empty part.</summary>
    public static bool TryParse(string? apiVersion, string? kind, out Gvk gvk)
    {
        gvk = default;
        if (string.IsNullOrEmpty(apiVersion) || string.IsNullOrEmpty(kind))
        {
            return false;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            gvk = new Gvk("", apiVersion, kind);
            return true;
        }

        if (slash == 0 || slash == apiVersion.Length - 1 || apiVersion.IndexOf('/', slash + 1) >= 0)
        {
            return false;
        }

        gvk = new Gvk(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
        return true;
    }

    /// <summary><c>gateway.networking.k8s.io/v1 HTTPRoute</c>.</summary>
    public override string ToString() => $"{ApiVersion} {Kind}";
}
