namespace GatewayLsp.Engine.Syntax;

/// <summary>Stops the parser where two entries in brackets have no comma between them; the bounds are those of the first one's end, in patched offsets.</summary>
internal sealed class MissingCommaException(int start, int end) : Exception
{
    public int Start => start;

    public int End => end;
}
