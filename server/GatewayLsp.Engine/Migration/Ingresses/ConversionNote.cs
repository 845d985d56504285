using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Lost: has no place in the result. Differs: is there, but not quite the same.</summary>
public enum ConversionNoteKind : byte { Lost, Differs }

/// <summary>Something of an Ingress that is not carried over as it was; the span is of the Ingress's document.</summary>
/// <param name="Subject">The annotation or field that it is about.</param>
/// <param name="Message">Why, and what comes nearest.</param>
public sealed record ConversionNote(ConversionNoteKind Kind, string Path, ManifestObject Object, TextSpan Span, string Subject, string Message)
{
    /// <summary>The note's place in its file.</summary>
    public LineRange RangeIn(ManifestFile file)
    {
        foreach (DocumentSlot slot in file.Documents)
        {
            if (ReferenceEquals(slot.Document, Object.Document))
            {
                return slot.RangeOf(Span);
            }
        }
        return default;
    }
}

/// <summary>What the user may choose.</summary>
public sealed record ConversionOptions
{
    /// <summary>Name for every Gateway's class; null: by the controller.</summary>
    public string? GatewayClass { get; init; }
}

/// <summary>Ingresses as Gateway API objects.</summary>
/// <param name="Manifest">YAML in our formatter's style; empty when there was nothing to convert.</param>
public sealed record IngressConversion(string Manifest, ImmutableArray<ManifestObject> Ingresses, ImmutableArray<ConversionNote> Notes);
