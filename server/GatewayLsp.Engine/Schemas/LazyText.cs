namespace GatewayLsp.Engine.Schemas;

/// <summary>Text that is decoded when somebody reads it: most documentation of a schema never is.</summary>
public readonly record struct LazyText
{
    private readonly object? _source;
    private readonly int _offset;

    public LazyText(string? text) => _source = text;

    internal LazyText(SchemaPack pack, int offset)
    {
        _source = pack;
        _offset = offset;
    }

    public bool IsEmpty => _source is null;

    public string? Value => _source switch
    {
        string text => text,
        SchemaPack pack => pack.ReadDoc(_offset),
        _ => null,
    };

    public static implicit operator LazyText(string? text) => new(text);

    public override string ToString() => Value ?? "";
}
