namespace GatewayLsp.Engine.Resolution;

/// <summary>Paths that one file writes to name another.</summary>
internal static class RelativePath
{
    /// <summary>The key of what a file calls <c>relative</c>: next to it, or up and down from there. Keys that are URIs stay URIs.</summary>
    public static string Resolve(string from, string relative)
    {
        bool isUri = from.Contains("://", StringComparison.Ordinal);
        int root = isUri ? from.IndexOf('/', from.IndexOf("://", StringComparison.Ordinal) + 3) + 1 : 0;
        var parts = new List<string>(from[root..].Split('/'));
        parts.RemoveAt(parts.Count - 1);
        foreach (string part in relative.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".." or ""))
            {
                parts.Add(isUri ? Uri.EscapeDataString(part) : part);
            }
        }
        return from[..root] + string.Join('/', parts);
    }
}
