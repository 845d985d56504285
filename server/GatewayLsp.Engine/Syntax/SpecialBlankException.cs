namespace GatewayLsp.Engine.Syntax;

/// <summary>Stops the parser at a text that begins in a line with a blank that is none to YAML where structure is meant; a patched offset.</summary>
internal sealed class SpecialBlankException(int at) : Exception
{
    public int At => at;
}
