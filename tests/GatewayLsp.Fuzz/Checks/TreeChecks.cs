using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Fuzz.Checks;

/// <summary>What must hold of the tree of any text.</summary>
internal static class TreeChecks
{
    public static void Check(string text, ManifestFile file)
    {
        Expect.That(file.GetText() == text, "documents joined are not the text");
        int offset = 0;
        int line = 0;
        foreach (DocumentSlot slot in file.Documents)
        {
            Expect.That(slot.Start == offset && slot.StartLine == line, () => $"document placed wrong|at {slot.Start}:{slot.StartLine}, not {offset}:{line}");
            offset = slot.End;
            line += slot.Document.Lines.LineCount - 1;
            Check(slot.Document);
        }
        Expect.That(Inputs.Edits.PositionOf(text, text.Length).Line == line, () => $"line count|{line}");
    }

    private static void Check(ManifestDocument document)
    {
        string text = document.Text;
        foreach (SyntaxError error in document.Errors)
        {
            Expect.That(IsWithin(error.Span, text), () => $"syntax error outside of the text|{error}");
            Expect.That(error.Fix is not { } fix || IsWithin(fix.Span, text), () => $"syntax fix outside of the text|{error}");
            Expect.That(error.Message.Length > 0, "syntax error without a message");
        }
        int end = 0;
        foreach (TextSpan comment in document.Comments)
        {
            Expect.That(IsWithin(comment, text) && comment.Start >= end && comment.Length > 0 && text[comment.Start] == '#', () => $"comment out of place|{comment}");
            Expect.That(text.AsSpan(comment.Start, comment.Length).IndexOfAny('\r', '\n') < 0, () => $"comment over a line's end|{comment}");
            end = comment.End;
        }
        if (document.Root is { } root)
        {
            Expect.That(IsWithin(root.Span, text), () => $"root outside of the text|{root.Span}");
            Expect.That(root.Owner is null, "root has an owner");
            Node(root, document, 0);
        }
    }

    private static void Node(YamlNode node, ManifestDocument document, int depth)
    {
        Expect.That(depth < 400, "tree too deep");
        switch (node)
        {
            case YamlScalar scalar:
                Scalar(scalar, document);
                break;
            case YamlMapping mapping:
                Mapping(mapping, document, depth);
                break;
            case YamlSequence sequence:
                Sequence(sequence, document, depth);
                break;
        }
    }

    private static void Scalar(YamlScalar scalar, ManifestDocument document)
    {
        ReadOnlySpan<char> raw = document.Text.AsSpan(scalar.Span.Start, scalar.Span.Length);
        Expect.That(document.IsTemplate || scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded || raw.IsEmpty || !(raw[0] is ' ' or '\t' or '\n' or '\r' || raw[^1] is ' ' or '\t' or '\n' or '\r'),
            () => $"blanks belong to a scalar|{scalar.Span}");
        if (scalar is { Style: ScalarStyle.Plain, Properties: null } && document.Errors.IsEmpty && !document.IsTemplate && raw.IndexOfAny("\n\r\u0085\u2028\u2029") < 0)
        {
            string value = scalar.Value;
            Expect.That(raw.SequenceEqual(value.AsSpan().Trim(" \t")), () => $"plain scalar's value is not its text|`{value}` at {scalar.Span}");
        }
    }

    private static void Mapping(YamlMapping mapping, ManifestDocument document, int depth)
    {
        int end = mapping.Span.Start;
        foreach (YamlEntry entry in mapping.Entries)
        {
            Child(entry.Key, mapping, end);
            Expect.That(ReferenceEquals(entry.Mapping, mapping) && ReferenceEquals(entry.Value.Owner, entry) && ReferenceEquals(entry.Key.Owner, entry), "entry with a wrong owner");
            Node(entry.Key, document, depth + 1);
            Child(entry.Value, mapping, entry.Key.Span.End);
            Node(entry.Value, document, depth + 1);
            end = Math.Max(entry.Value.Span.End, entry.Key.Span.End);
            _ = FieldPath.Of(entry);
        }
    }

    private static void Sequence(YamlSequence sequence, ManifestDocument document, int depth)
    {
        int end = sequence.Span.Start;
        Expect.That(sequence.IsFlow || sequence.Dashes.Length == sequence.Items.Length, "as many dashes as items");
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            YamlNode item = sequence.Items[i];
            Child(item, sequence, end);
            if (!sequence.IsFlow && document.Errors.IsEmpty && !document.IsTemplate)
            {
                int dash = sequence.Dashes[i];
                Expect.That(dash >= end && dash < document.Text.Length && document.Text[dash] == '-' && dash <= item.Span.Start, () => $"dash out of place|{dash}");
            }
            Expect.That(ReferenceEquals(item.Owner, sequence), "item with a wrong owner");
            Node(item, document, depth + 1);
            end = item.Span.End;
        }
    }

    private static void Child(YamlNode child, YamlNode parent, int from)
    {
        Expect.That(child.Span.Length >= 0 && parent.Span.Contains(child.Span), () => $"child outside of its parent|{child.Span} in {parent.Span}");
        Expect.That(child.Span.Start >= from, () => $"siblings overlap|{child.Span} begins before {from}");
    }

    private static bool IsWithin(TextSpan span, string text) => span.Start >= 0 && span.Length >= 0 && span.End <= text.Length;
}
