using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary><c>a.b</c>, <c>a.?b</c> and <c>has(a.b)</c>; below an optional the result is one too.</summary>
internal sealed class SelectNode : CelNode
{
    private readonly CelNode _operand;
    private readonly CelString _name;
    private readonly DeclaredType? _declared;
    private readonly DeclaredField? _field;
    private readonly bool _isOptional;

    /// <param name="declared">What the checker took the operand for, to find the field without asking by name.</param>
    public SelectNode(CelNode operand, string name, DeclaredType? declared, bool isOptional)
    {
        _operand = operand;
        _name = new CelString(name);
        _declared = declared;
        _field = declared?.Find(name);
        _isOptional = isOptional;
    }

    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue operand = _operand.Evaluate(frame);
        frame.Charge(1);
        bool isOptional = _isOptional;
        if (operand is CelOptional optional)
        {
            if (optional.Value is null)
            {
                return operand;
            }
            operand = optional.Value;
            isOptional = true;
        }
        if (!TryFind(operand, out CelValue? found))
        {
            return found!;
        }
        if (!isOptional)
        {
            return found ?? new CelError(CelErrorKind.NoSuchKey, $"there is no `{_name.Value}` here");
        }
        return found is null ? CelOptional.None : found.IsValue ? CelOptional.Of(found) : found;
    }

    /// <summary>Whether the field is there. A field that a template fills may come out empty, so that is unknown.</summary>
    public CelValue IsPresent(CelFrame frame)
    {
        CelValue operand = _operand.Evaluate(frame);
        if (operand is CelOptional optional)
        {
            if (optional.Value is null)
            {
                return CelBool.False;
            }
            operand = optional.Value;
        }
        if (!TryFind(operand, out CelValue? found))
        {
            return found!;
        }
        return found is CelUnknown ? found : CelBool.Of(found is not null);
    }

    /// <summary>False when the operand has no fields; then <paramref name="found"/> says why not.</summary>
    private bool TryFind(CelValue operand, out CelValue? found)
    {
        if (operand is CelPlainMap plain)
        {
            found = _field is not null && ReferenceEquals(plain.Declared, _declared) ? plain.Find(_field) : plain.Find(_name.Value);
            return true;
        }
        if (operand is CelMap map)
        {
            found = map.Find(_name);
            return true;
        }
        found = operand.IsValue ? CelError.NoOverload($"`.{_name.Value}`", [operand]) : operand;
        return false;
    }
}

internal sealed class PresenceNode(SelectNode select) : CelNode
{
    public override CelValue Evaluate(CelFrame frame) => select.IsPresent(frame);
}

/// <summary><c>a[b]</c> and <c>a[?b]</c>.</summary>
internal sealed class IndexNode(CelNode operand, CelNode index, bool isOptional) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue container = operand.Evaluate(frame);
        CelValue key = index.Evaluate(frame);
        frame.Charge(1);
        if (container.Kind == CelKind.Unknown || key.Kind == CelKind.Unknown)
        {
            return CelUnknown.Instance;
        }
        if (!container.IsValue || !key.IsValue)
        {
            return container.IsValue ? key : container;
        }
        bool wraps = isOptional;
        if (container is CelOptional optional)
        {
            if (optional.Value is null)
            {
                return container;
            }
            container = optional.Value;
            wraps = true;
        }
        CelValue found = Find(container, key);
        if (!wraps)
        {
            return found;
        }
        return found is CelError { Error: CelErrorKind.IndexOutOfRange or CelErrorKind.NoSuchKey } ? CelOptional.None
            : found.IsValue ? CelOptional.Of(found) : found;
    }

    private static CelValue Find(CelValue container, CelValue key)
    {
        if (container is CelList list)
        {
            long? at = key switch
            {
                CelInt number => number.Value,
                CelUint { Value: <= int.MaxValue } number => (long)number.Value,
                CelUint => long.MaxValue,
                CelDouble { Value: var number } when Math.Floor(number) == number && Math.Abs(number) <= int.MaxValue => (long)number,
                _ => null,
            };
            if (at is not { } place)
            {
                return CelError.NoOverload("`[]`", [container, key]);
            }
            return place >= 0 && place < list.Count
                ? list[(int)place]
                : new CelError(CelErrorKind.IndexOutOfRange, $"the list has {list.Count} items, so there is none at {place}");
        }
        return container is CelMap map
            ? map.Find(key) ?? new CelError(CelErrorKind.NoSuchKey, key is CelString { Value: var name } ? $"there is no `{name}` here" : "there is no such key")
            : CelError.NoOverload("`[]`", [container, key]);
    }
}
