namespace GatewayLsp.Engine.Syntax;

/// <summary>Where and why the parser gave up, with what it had open; offsets are those of the patched text.</summary>
internal readonly record struct YamlFailure(
    string Reason, int Start, int End, int[] OpenFlows, int[] OpenColumns, (int Start, int End, bool Quoted) LastScalar)
{
    public static YamlFailure Of(string reason, int start, int end, YamlTreeBuilder builder) => new(
        reason, Math.Max(0, start), Math.Max(start, end), [.. builder.OpenFlows], [.. builder.OpenColumns], builder.LastScalar)
    {
        Position = builder.Position,
    };

    /// <summary>How far the scanner had read; at times it gives up before the parser has heard of what stands there.</summary>
    public int Position { get; private init; }

    /// <summary>True when two entries in brackets have no comma between them; the bounds are those of what it is missing behind.</summary>
    public bool IsMissingComma { get; init; }

    /// <summary>True when blanks that are none to YAML stand on the line in place of structure.</summary>
    public bool IsSpecialBlank { get; init; }

    /// <summary>True when a line in brackets is indented less than our parser wants.</summary>
    public bool IsShallow { get; init; }

    /// <summary>True when the parser was stopped because too many brackets are open.</summary>
    public bool IsNesting { get; init; }

    public bool Says(string words) => Reason.Contains(words, StringComparison.OrdinalIgnoreCase);
}
