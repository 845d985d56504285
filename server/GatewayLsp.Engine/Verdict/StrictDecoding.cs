using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Verdict;

/// <summary>Fields that stand twice: strict decoding refuses them before it looks at anything else.</summary>
internal static class StrictDecoding
{
    public const string DuplicateKey = "duplicate-key";

    public static IEnumerable<VerdictCause> DuplicateFields(ManifestObject one)
    {
        foreach (SyntaxError error in one.Document.Errors)
        {
            if (error.Code == DuplicateKey && one.Node.Span.Start <= error.Span.Start && error.Span.End <= one.Node.Span.End)
            {
                yield return new VerdictCause(FieldAt(one.Node, error), CauseReason.DuplicateField, error.Message, error.Span) { Code = error.Code };
            }
        }
    }

    private static string FieldAt(YamlMapping root, SyntaxError error)
    {
        string field = "";
        YamlNode? at = root;
        while (at is not null)
        {
            YamlNode? next = null;
            switch (at)
            {
                case YamlMapping mapping:
                    foreach (YamlEntry entry in mapping.Entries)
                    {
                        if (entry.Span.Start <= error.Span.Start && error.Span.End <= entry.Span.End)
                        {
                            field = FieldPath.Child(field, entry.Name);
                            next = entry.Key.Span.Start == error.Span.Start ? null : entry.Value;
                            break;
                        }
                    }
                    break;
                case YamlSequence sequence:
                    for (int i = 0; i < sequence.Items.Length; i++)
                    {
                        if (sequence.Items[i].Span.Start <= error.Span.Start && error.Span.End <= sequence.Items[i].Span.End)
                        {
                            field = FieldPath.Item(field, i);
                            next = sequence.Items[i];
                            break;
                        }
                    }
                    break;
            }
            at = next;
        }
        return field;
    }
}
