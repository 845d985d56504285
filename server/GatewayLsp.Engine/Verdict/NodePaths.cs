using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

internal static class NodePaths
{
    /// <summary>The values on the way from a node down to this one: not the first, but this one. Empty when it does not lie below.</summary>
    public static IReadOnlyList<YamlNode> PathFrom(this YamlNode node, YamlNode root)
    {
        var path = new List<YamlNode>();
        for (YamlNode? at = node; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, root))
            {
                path.Reverse();
                return path;
            }
            path.Add(at);
        }
        return [];
    }
}
