using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>A function's work. The arguments are values of the declared types.</summary>
internal delegate CelValue CelImplementation(ReadOnlySpan<CelValue> arguments, CelFrame frame);

/// <summary>What a call costs before it is made.</summary>
internal delegate long CelCost(ReadOnlySpan<CelValue> arguments, CelFrame frame);

/// <summary>One signature of a function. The target of a member function is its first argument.</summary>
internal sealed class CelOverload(bool isMember, CelType[] parameters, CelType result, CelImplementation implementation, CelCost? cost)
{
    public const int MaxArguments = 4;

    private readonly CelKind[] _kinds = Array.ConvertAll(parameters, p => p.RuntimeKind);

    public bool IsMember => isMember;

    public CelType[] Parameters => parameters;

    public CelType Result => result;

    public bool Takes(ReadOnlySpan<CelValue> arguments)
    {
        if (arguments.Length != _kinds.Length)
        {
            return false;
        }
        for (int i = 0; i < _kinds.Length; i++)
        {
            if (_kinds[i] != CelKind.Error && _kinds[i] != arguments[i].Kind)
            {
                return false;
            }
        }
        return true;
    }

    public long CostOf(ReadOnlySpan<CelValue> arguments, CelFrame frame) => cost is null ? 1 : cost(arguments, frame);

    public CelValue Call(ReadOnlySpan<CelValue> arguments, CelFrame frame) => implementation(arguments, frame);
}
