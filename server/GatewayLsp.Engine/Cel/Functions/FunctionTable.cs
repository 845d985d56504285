using System.Collections.Frozen;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;

namespace GatewayLsp.Engine.Cel.Functions;

/// <summary>
/// All functions that a validation rule may call: those of the language and of the libraries that Kubernetes 1.36 adds.
/// Left out: the authorizer (no rule of a definition has one), protocol buffer messages and enums, <c>jsonpatch</c>, and the
/// extension libraries that Kubernetes does not load (bindings, encoders, math, native types).
/// </summary>
internal sealed class FunctionTable
{
    /// <summary>What most functions on a text cost.</summary>
    public static readonly CelCost OneWalk = static (a, _) => CelCosts.Traversal(CelCosts.SizeOf(a[0]));

    public static readonly CelCost TwoWalks = static (a, _) => CelCosts.Traversal(2.0 * CelCosts.SizeOf(a[0]));

    private static readonly FrozenDictionary<string, CelOverload[]> All = Make();

    private readonly Dictionary<string, List<CelOverload>> _overloads = new(StringComparer.Ordinal);

    /// <summary>The overloads of a function; empty when there is none of that name.</summary>
    public static CelOverload[] Find(string name) => All.GetValueOrDefault(name) ?? [];

    public static bool Has(string name) => All.ContainsKey(name);

    public static IEnumerable<string> Names => All.Keys;

    public void Function(string name, CelType[] parameters, CelType result, CelImplementation implementation, CelCost? cost = null) =>
        Add(name, new CelOverload(isMember: false, parameters, result, implementation, cost));

    /// <param name="parameters">The target first.</param>
    public void Member(string name, CelType[] parameters, CelType result, CelImplementation implementation, CelCost? cost = null) =>
        Add(name, new CelOverload(isMember: true, parameters, result, implementation, cost));

    private void Add(string name, CelOverload overload)
    {
        if (!_overloads.TryGetValue(name, out List<CelOverload>? list))
        {
            _overloads.Add(name, list = []);
        }
        list.Add(overload);
    }

    private static FrozenDictionary<string, CelOverload[]> Make()
    {
        var table = new FunctionTable();
        CoreFunctions.AddTo(table);
        ConversionFunctions.AddTo(table);
        TimeFunctions.AddTo(table);
        TextFunctions.AddTo(table);
        OptionalFunctions.AddTo(table);
        NetworkFunctions.AddTo(table);
        FormatFunctions.AddTo(table);
        ListFunctions.AddTo(table);
        QuantityFunctions.AddTo(table);
        PatternFunctions.AddTo(table);
        return table._overloads.ToFrozenDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal);
    }
}
