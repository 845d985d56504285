using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>The ReferenceGrant that a reference needs, as a document to be put behind the one that refers.</summary>
internal static class GrantText
{
    private const int MaxName = 253;

    public static string Of(ReferenceIssue issue)
    {
        ObjectView from = issue.From;
        ObjectRef to = issue.Reference;
        string text = from.Object.Document.Text;
        string line = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string name = $"allow-{from.Kind.ToLowerInvariant()}-from-{from.Namespace}";
        string[] lines =
        [
            "---",
            "apiVersion: gateway.networking.k8s.io/v1",
            "kind: ReferenceGrant",
            "metadata:",
            $"  name: {(name.Length > MaxName ? name[..MaxName].TrimEnd('-', '.') : name)}",
            $"  namespace: {to.Namespace}",
            "spec:",
            "  from:",
            $"  - group: {Group(from.Group)}",
            $"    kind: {from.Kind}",
            $"    namespace: {from.Namespace}",
            "  to:",
            $"  - group: {Group(to.Group)}",
            $"    kind: {to.Kind}",
            $"    name: {to.Name}",
        ];
        var grant = new StringBuilder(text.Length == 0 || text[^1] is '\n' or '\r' ? "" : line);
        foreach (string one in lines)
        {
            grant.Append(one).Append(line);
        }
        return grant.ToString();
    }

    private static string Group(string group) => group.Length == 0 ? "\"\"" : group;
}
