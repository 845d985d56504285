using System.Diagnostics.CodeAnalysis;

namespace GatewayLsp.Engine.Cluster;

/// <summary>What a cluster answered, or why it did not.</summary>
public readonly struct Answered<T>
    where T : class
{
    private Answered(T? value, ClusterError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public ClusterError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Value is not null;

    public static implicit operator Answered<T>(T value) => new(value, null);

    public static implicit operator Answered<T>(ClusterError error) => new(null, error);

    /// <summary>The same answer with its value turned into another.</summary>
    public Answered<TOther> Select<TOther>(Func<T, TOther> change)
        where TOther : class => IsOk ? change(Value) : Error;
}
