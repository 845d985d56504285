using GatewayLsp.Engine.Migration;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>What was meant by a field or value of an early version, and what it is today.</summary>
internal static class OldFieldHover
{
    /// <summary>Null for a node that is not old, nor in something old.</summary>
    /// <param name="isOld">True when the node itself is old, not only something above it.</param>
    public static string? Describe(ManifestObject one, YamlNode node, out bool isOld)
    {
        isOld = true;
        if (MigrationTarget.Of(one) is null)
        {
            return null;
        }
        for (YamlNode? at = node; at is not null && !ReferenceEquals(at, one.Node); at = at.Parent)
        {
            foreach (MigrationNote note in DocumentMigrator.Explain(one.Document))
            {
                if (note.Kind != MigrationNoteKind.Changed || note.IsHead || note.Object?.Node != one.Node)
                {
                    continue;
                }
                if (note.Span == at.Span)
                {
                    return Text(note, isOld ? "of an early version" : "part of a field of an early version");
                }
                if (at.Entry is { } entry && note.Span == entry.Key.Span && !ReferenceEquals(at, entry.Key))
                {
                    isOld = isOld && at == node && node is YamlScalar;
                    return Text(note, "part of a field of an early version");
                }
            }
            isOld = false;
        }
        return null;
    }

    private static string Text(MigrationNote note, string what) =>
        $"**{FieldDocumentation.Escape(note.Field)}** : {what}\n\n{note.Message}\n\n`gateway-lsp migrate`, or the light bulb, rewrites it.";
}
