using GatewayLsp.Engine;
using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Text;
using Xunit;

namespace GatewayLsp.Testing;

/// <summary>
/// Completion as a user sees it: a workspace with the cursor at <c>$0</c>, the labels in the order of the list, and the text
/// after one of them is accepted.
/// </summary>
public sealed class CompletionCheck
{
    private readonly string _text;
    private readonly LinePosition _cursor;
    private readonly CompletionList _list;

    private CompletionCheck(string text, LinePosition cursor, CompletionList list)
    {
        _text = text;
        _cursor = cursor;
        _list = list;
    }

    /// <summary>What is offered, filtered by what is typed and sorted, as an editor shows it.</summary>
    public IReadOnlyList<CompletionItem> Items => [.. _list.Items
        .Where(item => Matches(item))
        .OrderBy(item => item.SortText, StringComparer.Ordinal)];

    public bool IsIncomplete => _list.IsIncomplete;

    public IReadOnlyList<string> Labels => [.. Items.Select(item => item.Label)];

    /// <param name="fixture">The file with the cursor; further files may be given behind it.</param>
    public static CompletionCheck At(string fixture, params string[] others) => At(fixture, WorkspaceSettings.Default, others);

    public static CompletionCheck At(string fixture, WorkspaceSettings settings, params string[] others)
    {
        MarkedText marked = MarkedText.Parse(fixture);
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(settings));
        for (int i = 0; i < others.Length; i++)
        {
            host.Apply(new WorkspaceChange.OnDisk($"other-{i}.yaml", others[i]));
        }
        host.Apply(new WorkspaceChange.Opened("test.yaml", marked.Text, 1));
        return new CompletionCheck(marked.Text, marked.Position, new Analysis(host.Current).Complete("test.yaml", marked.Position));
    }

    /// <summary>The offer of that label; fails when there is none.</summary>
    public CompletionItem Item(string label) =>
        Items.FirstOrDefault(item => item.Label == label) ?? throw new Xunit.Sdk.XunitException($"`{label}` is not offered, only: {string.Join(" | ", Labels)}");

    /// <summary>The whole text with that offer accepted, as an editor does it: placeholders filled with their text, following lines indented.</summary>
    public string Accept(string label) => Accept(Item(label));

    public string Accept(CompletionItem item)
    {
        LineRange range = item.Range ?? _list.Range;
        Assert.Equal(range.Start.Line, range.End.Line);
        Assert.True(range.Contains(_cursor), "The range does not hold the cursor.");
        var lines = new LineIndex(_text);
        string line = lines.Line(range.Start.Line).ToString();
        string blanks = line[..Math.Min(range.Start.Character, line.Length - line.TrimStart(' ', '\t').Length)];
        string plain = item.IsSnippet ? SnippetText.Plain(item.NewText) : item.NewText;
        string text = _text;
        var chosen = new TextEdit(range, plain.Replace("\n", "\n" + blanks, StringComparison.Ordinal));
        int done = int.MaxValue;
        foreach (TextEdit edit in item.AdditionalEdits.Append(chosen).OrderByDescending(edit => edit.Range.Start))
        {
            (int from, int to) = (lines.OffsetOf(edit.Range.Start), lines.OffsetOf(edit.Range.End));
            Assert.True(to <= done, "Edits overlap.");
            text = string.Concat(text.AsSpan(0, from), edit.NewText, text.AsSpan(to));
            done = from;
        }
        return text;
    }

    private bool Matches(CompletionItem item)
    {
        LineRange range = item.Range ?? _list.Range;
        var lines = new LineIndex(_text);
        string typed = _text[lines.OffsetOf(range.Start)..lines.OffsetOf(_cursor)].Trim();
        return (item.FilterText ?? item.Label).StartsWith(typed, StringComparison.OrdinalIgnoreCase);
    }
}
