using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Error: the API server rejects it or a controller sets a negative condition. Warning: works, but surely not as meant.
/// Information: worth knowing. Hint: style. Numbers are LSP's.
/// </summary>
public enum DiagnosticSeverity : byte { Error = 1, Warning = 2, Information = 3, Hint = 4 }

/// <summary>Which part of the engine speaks; in JSON lower case (<c>yaml</c>, <c>schema</c> ...).</summary>
public enum DiagnosticSource : byte { Yaml, Schema, Cel, Semantic, Migration }

/// <summary>A finding in one document, in offsets of that document: it stays true wherever the document stands in its file.</summary>
public sealed record Diagnostic
{
    /// <summary>Kebab case; names the rule and its documentation page.</summary>
    public required string Code { get; init; }
    public required DiagnosticSeverity Severity { get; init; }
    public required DiagnosticSource Source { get; init; }
    public required string Message { get; init; }
    public required TextSpan Span { get; init; }

    /// <summary>The object concerned; null for findings about the YAML of no object.</summary>
    public ManifestObject? Object { get; init; }

    /// <summary>Kubernetes field path within the object; null where there is none.</summary>
    public string? Field { get; init; }

    /// <summary>Reason of the API server's cause (<see cref="Verdict.CauseReason"/>); null for <c>FieldValueInvalid</c>.</summary>
    public string? Reason { get; init; }

    public ImmutableArray<RelatedLocation> Related { get; init; } = [];
    public ImmutableArray<Fix> Fixes { get; init; } = [];

    /// <summary>Of an object that several clusters have: those where it holds; empty where it holds in all.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Of a finding about what kustomizations build: the paths of those; empty for what is written in files.</summary>
    public ImmutableArray<string> BuiltBy { get; init; } = [];

    /// <summary>Text that does nothing or is on its way out is shown faded or struck through (LSP DiagnosticTag 1 and 2).</summary>
    public bool IsUnnecessary { get; init; }
    public bool IsDeprecated { get; init; }
}

/// <summary>
/// Another place that explains a finding. <c>Document</c> is one of the file at <c>Path</c>; where a document explains itself,
/// which does not know its file, the path is empty until <see cref="Analysis.Diagnose"/> puts it in.
/// </summary>
public sealed record RelatedLocation(string Path, ManifestDocument Document, TextSpan Span, string Message);

/// <summary>A repair of a finding: edits of its own document, all applied together. Preferred ones are safe to apply without a look.</summary>
public sealed record Fix(string Title, ImmutableArray<SpanEdit> Edits, bool IsPreferred = true)
{
    public Fix(string title, TextSpan span, string newText, bool isPreferred = true) : this(title, [new SpanEdit(span, newText)], isPreferred)
    {
    }

    /// <summary>The edits hold the value of a Secret: they are for the editor that has the document open, not for reports.</summary>
    public bool IsSecret { get; init; }
}

public readonly record struct SpanEdit(TextSpan Span, string NewText);

/// <summary>A finding with its place in the file.</summary>
public readonly record struct FileDiagnostic(Diagnostic Diagnostic, DocumentSlot Slot)
{
    public LineRange Range => Slot.RangeOf(Diagnostic.Span);

    public IEnumerable<TextEdit> EditsOf(Fix fix)
    {
        DocumentSlot slot = Slot;
        return fix.Edits.Select(e => new TextEdit(slot.RangeOf(e.Span), e.NewText));
    }
}
