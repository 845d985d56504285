using System.Collections.Immutable;
using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Tests.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Formatting;

/// <summary>What holds of every formatting, whatever the text.</summary>
internal static class FormattingCheck
{
    public static string Format(string text, FormattingOptions? options = null, LineRange? range = null) => TextEditing.Apply(text, Edits(text, options, range));

    /// <summary>Same trees, same comments, same line breaks, and nothing left to do.</summary>
    public static void Hold(string text, FormattingOptions? options = null)
    {
        string once = Format(text, options);
        Assert.Equal(Trees(text), Trees(once));
        Assert.Equal(Comments(text), Comments(once));
        Assert.Equal(once, Format(once, options));
        if (!once.ReplaceLineEndings("\n").Contains('\r') && text.Contains("\r\n", StringComparison.Ordinal) && !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n'))
        {
            Assert.DoesNotContain('\n', once.Replace("\r\n", "", StringComparison.Ordinal));
        }
    }

    private static ImmutableArray<TextEdit> Edits(string text, FormattingOptions? options, LineRange? range)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("x.yaml", text));
        ImmutableArray<TextEdit> edits = new Analysis(host.Current).Format("x.yaml", range, options ?? new FormattingOptions());
        Assert.All(edits, edit => Assert.True(edit.Range.Start <= edit.Range.End));
        return edits;
    }

    private static List<string> Trees(string text) =>
        [.. ManifestFile.Parse("x", text).Documents.Select(d => TreeDump.Of(d.Document.Root is YamlScalar { IsMissing: true } ? null : d.Document.Root))];

    private static List<string> Comments(string text) =>
        [.. ManifestFile.Parse("x", text).Documents.SelectMany(d => d.Document.Comments.Select(c => d.Document.Text.Substring(c.Start, c.Length).TrimEnd()))];
}
