namespace GatewayLsp.Engine.Syntax;

/// <summary>Where and why the parser gave up, with what it had open; offsets are those of the patched text.</summary>
internal readonly record struct YamlFailure(
    string Reason, int Start, int End, int[] OpenFlows, int[] OpenColumns, (int Start, int End, bool Quoted) LastScalar)
{
    public static YamlFailure Of(string reason, int start, int end, YamlTreeBuilder builder) => new(
        reason, Math.Max(0, start), Math.Max(start, end), [.. builder.OpenFlows], [.. builder.OpenColumns], builder.LastScalar);

    /// <summary>True when the parser was stopped because too many brackets are open.</summary>
    public bool IsNesting { get; init; }

    public bool Says(string words) => Reason.Contains(words, StringComparison.OrdinalIgnoreCase);
}
