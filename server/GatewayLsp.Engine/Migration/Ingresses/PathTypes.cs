namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>What <c>ImplementationSpecific</c> paths mean to each controller.</summary>
internal static class PathTypes
{
    public static (string Type, string Value)? OfImplementation(IngressWork work, Controller controller, IngressPath path)
    {
        string text = path.Path;
        switch (controller)
        {
            case Controller.Alb or Controller.Gke:
                if (text is "/*" or "*")
                {
                    return ("PathPrefix", "/");
                }
                if (text.EndsWith("/*", StringComparison.Ordinal) && text.IndexOfAny(['*', '?']) == text.Length - 1)
                {
                    work.Conversion.Differs(work.Ingress, path.Node, "path", $"`{text}` did not match `{text[..^2]}` itself; the prefix here does.");
                    return ("PathPrefix", text[..^2]);
                }
                if (text.IndexOfAny(['*', '?']) >= 0)
                {
                    work.Conversion.Differs(work.Ingress, path.Node, "path", "Wildcards inside of a path became a regular expression, which not every controller supports.");
                    return ("RegularExpression", Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal));
                }
                return text == "/" && controller == Controller.Gke ? ("PathPrefix", "/") : ("Exact", text);
            case Controller.Nginx:
                return ("PathPrefix", text);
            default:
                work.Conversion.Differs(work.Ingress, path.Node, "pathType", "What `ImplementationSpecific` meant only the old controller knows; it is a prefix here.");
                return ("PathPrefix", text);
        }
    }

    public static string Escape(string text) => System.Text.RegularExpressions.Regex.Escape(text);
}
