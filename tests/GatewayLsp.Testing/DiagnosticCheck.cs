using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using Xunit;

namespace GatewayLsp.Testing;

/// <summary>
/// Findings of a text as a user sees them, one a line: <c>code 'underlined text' field</c>. And the text after a fix.
/// </summary>
public static class DiagnosticCheck
{
    public static void Check(string text, params string[] expected) => Assert.Equal(expected, Find(text).Select(Show));

    public static void Check(string text, DocumentContext context, params string[] expected) =>
        Assert.Equal(expected, Find(text, context).Select(Show));

    public static DocumentContext Context(Channel channel = Channel.Standard, bool isPartial = false, SchemaCatalog? catalog = null) =>
        new(catalog ?? SchemaCatalog.Bundled, new WorkspaceSettings { Channel = channel }, isPartial);

    /// <summary>All findings; kinds that the text itself defines are known. In a context of its own: those of its documents alone.</summary>
    public static ImmutableArray<FileDiagnostic> Find(string text, DocumentContext? context = null)
    {
        if (context is null)
        {
            var host = new AnalysisHost();
            return new Analysis(host.Apply(new WorkspaceChange.Opened("test.yaml", text, 1))).Diagnose("test.yaml");
        }
        ImmutableArray<DocumentSlot> documents = ManifestFile.Parse("test.yaml", text).Documents;
        SchemaCatalog catalog = SchemaCatalog.Bundled.With(documents.SelectMany(slot => CrdReader.Read(slot.Document.Root)));
        return [.. documents.SelectMany(slot =>
            DocumentDiagnostics.Of(slot.Document, context ?? Context(catalog: catalog)).Select(d => new FileDiagnostic(d, slot)))];
    }

    /// <summary>The only finding of a text.</summary>
    public static Diagnostic Single(string text, DocumentContext? context = null) => Assert.Single(Find(text, context)).Diagnostic;

    /// <summary>The text after the first fix of its only finding that has this title.</summary>
    public static void CheckFix(string text, string title, string after, DocumentContext? context = null)
    {
        FileDiagnostic finding = Assert.Single(Find(text, context));
        Fix? fix = finding.Diagnostic.Fixes.FirstOrDefault(f => f.Title == title);
        Assert.True(fix is not null, $"No fix '{title}'; there are: {string.Join(", ", finding.Diagnostic.Fixes.Select(f => f.Title))}");
        Assert.Equal(after, Apply(text, finding, fix));
    }

    /// <summary>The text after a fix, by spans: edits of one fix never overlap.</summary>
    public static string Apply(string text, FileDiagnostic finding, Fix fix)
    {
        foreach (SpanEdit edit in fix.Edits.OrderByDescending(e => e.Span.Start).ThenByDescending(e => e.Span.Length))
        {
            int start = finding.Slot.Start + edit.Span.Start;
            text = string.Concat(text.AsSpan(0, start), edit.NewText, text.AsSpan(start + edit.Span.Length));
        }
        return text;
    }

    private static string Show(FileDiagnostic finding)
    {
        string underlined = finding.Slot.Document.Text.Substring(finding.Diagnostic.Span.Start, finding.Diagnostic.Span.Length);
        return $"{finding.Diagnostic.Code} '{underlined}' {finding.Diagnostic.Field}".TrimEnd();
    }
}
