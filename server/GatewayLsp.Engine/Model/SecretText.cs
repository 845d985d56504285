using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Model;

/// <summary>The values that Secrets of a document hold: they are shown nowhere but in the document itself.</summary>
public static class SecretText
{
    /// <summary>Stands for a value, or a part of one.</summary>
    public const string Mask = "***";

    private static readonly string[] Maps = ["data", "stringData"];

    /// <summary>What a Secret says of itself. Anything else may be a value that was put into the wrong place: below a misspelt field, or without its indentation.</summary>
    private static readonly string[] Head = ["apiVersion", "kind", "metadata", "type", "immutable"];

    private static readonly string[] ListHead = ["apiVersion", "kind", "metadata", "items"];

    private static readonly string[] Metadata =
    [
        "name", "namespace", "generateName", "labels", "annotations", "finalizers", "ownerReferences", "uid", "resourceVersion", "generation",
        "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink",
    ];

    /// <summary>True when the span is in a value of a Secret. A Secret whose head is unfinished is one, too.</summary>
    public static bool Holds(ManifestDocument document, TextSpan span) =>
        HoldersOf(document).Select(Hidden).Concat(UnreadOf(document)).Any(one => span.Start < one.End && span.End > one.Start);

    /// <summary>The document's lines with signs in the place of values, each as long as what it stands for; keys stay.</summary>
    public static LineIndex LinesOf(ManifestDocument document)
    {
        char[]? text = null;
        foreach (TextSpan value in HoldersOf(document).SelectMany(static one => one.Value is YamlMapping all && !one.IsUnfinished ? all.Entries.Select(Hidden) : [Hidden(one)])
            .Concat(UnreadOf(document)))
        {
            foreach (ref char c in (text ??= document.Text.ToCharArray()).AsSpan(value.Start, value.Length))
            {
                c = char.IsWhiteSpace(c) ? c : '*';
            }
        }
        return text is null ? document.Lines : new LineIndex(new string(text));
    }

    /// <summary>A sentence about a value without what it quotes; names of fields and keys stay.</summary>
    /// <param name="message">Quotes in backticks.</param>
    /// <param name="field">Path of the field that it is about.</param>
    public static string Masked(ManifestDocument document, string message, string? field)
    {
        HashSet<string> names = [.. Maps, .. Head, .. HoldersOf(document).SelectMany(static one => ((one.Value as YamlMapping)?.Entries ?? []).Append(one)).Where(static entry => !entry.IsUnfinished).Select(static entry => entry.Name)];
        var masked = new StringBuilder(message.Length);
        string[] parts = message.Split('`');
        for (int i = 0; i < parts.Length; i++)
        {
            bool isQuoted = (i & 1) == 1 && i + 1 < parts.Length;
            bool isName = parts[i].Length < 2 || parts[i] == field || names.Contains(parts[i]);
            masked.Append(i > 0 ? "`" : "").Append(isQuoted && !isName ? Mask : parts[i]);
        }
        return masked.ToString();
    }

    /// <summary>Most documents are told by a look at their text, without being read.</summary>
    private static IEnumerable<ManifestObject> SecretsOf(ManifestDocument document) =>
        !document.Text.Contains("Secret", StringComparison.Ordinal) ? [] : ManifestObject.Of(document).Where(static one => one.Kind == "Secret");

    /// <summary>Lines beside a Secret that are no YAML and so in no field: they may be of a value.</summary>
    private static IEnumerable<TextSpan> UnreadOf(ManifestDocument document) =>
        !SecretsOf(document).Any() ? [] : document.Errors.Where(static error => error.Code == "invalid-yaml").Select(static error => error.Span);

    /// <summary>The fields that are no part of a Secret's head.</summary>
    private static IEnumerable<YamlEntry> HoldersOf(ManifestDocument document)
    {
        bool isAny = false;
        foreach (ManifestObject one in SecretsOf(document))
        {
            isAny = true;
            foreach (YamlEntry entry in Others(one.Node, Head).Concat(Others(one.At("metadata"), Metadata)))
            {
                yield return entry;
            }
        }
        // Beside the items of a list.
        if (isAny && document.Root.Resolved() is YamlMapping root && root.Get("items") is YamlSequence)
        {
            foreach (YamlEntry entry in Others(root, ListHead))
            {
                yield return entry;
            }
        }
    }

    /// <summary>A key that has no colon may be a line of a value.</summary>
    private static TextSpan Hidden(YamlEntry entry) => entry.IsUnfinished ? entry.Span : entry.Value.Span;

    private static IEnumerable<YamlEntry> Others(YamlNode? node, string[] known) =>
        (node.Resolved() as YamlMapping)?.Entries.Where(entry => !known.Contains(entry.Name)) ?? [];
}
