using System.Collections.Immutable;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>Decides whether a type goes where another is asked for, and what type parameters must then be.</summary>
internal sealed class TypeUnifier
{
    /// <summary>Nesting of inferred types. Deeper ones, which only hostile expressions build, become <c>dyn</c>.</summary>
    private const int MaxDepth = 32;

    /// <summary>Functional, so that trying an overload costs nothing to take back.</summary>
    private ImmutableDictionary<CelType, CelType> _bindings = ImmutableDictionary.Create<CelType, CelType>(ReferenceEqualityComparer.Instance);

    /// <summary>True when all types go; only then are the bindings kept.</summary>
    public bool TryAssign(ReadOnlySpan<CelType> from, ReadOnlySpan<CelType> to)
    {
        ImmutableDictionary<CelType, CelType> before = _bindings;
        for (int i = 0; i < from.Length; i++)
        {
            if (!Goes(from[i], to[i], 0))
            {
                _bindings = before;
                return false;
            }
        }
        return true;
    }

    /// <summary>One type for two values, such as items of a list; null when they do not agree.</summary>
    public CelType? Join(CelType first, CelType second)
    {
        if (TryAssign([second], [first]))
        {
            return MoreGeneral(first, second);
        }
        return TryAssign([first], [second]) ? MoreGeneral(second, first) : null;
    }

    /// <summary>The type with all bound parameters put in; open ones stay.</summary>
    public CelType Resolve(CelType type) => Substitute(type, openIsDyn: false, 0);

    /// <summary>As <see cref="Resolve"/>, with <c>dyn</c> for what stays open.</summary>
    public CelType Close(CelType type) => Substitute(type, openIsDyn: true, 0);

    private bool Goes(CelType from, CelType to, int depth)
    {
        CelType asked = to;
        from = Walk(from);
        to = Walk(to);
        if (ReferenceEquals(from, to))
        {
            return true;
        }
        if (to.Kind == CelTypeKind.Parameter)
        {
            return Bind(to, from);
        }
        if (from.Kind == CelTypeKind.Dyn && asked.Kind == CelTypeKind.Parameter)
        {
            // One of two values that must agree is open: so is what they have in common.
            return Bind(Last(asked), from);
        }
        if (from.Kind == CelTypeKind.Parameter)
        {
            return Bind(from, to);
        }
        if (from.Kind == CelTypeKind.Dyn || to.Kind == CelTypeKind.Dyn)
        {
            return true;
        }
        if (depth > MaxDepth)
        {
            return true;
        }
        if (from.Kind == CelTypeKind.Null || to.Kind == CelTypeKind.Null)
        {
            CelType other = from.Kind == CelTypeKind.Null ? to : from;
            return other.Kind is CelTypeKind.Null or CelTypeKind.Object or CelTypeKind.Duration or CelTypeKind.Timestamp or CelTypeKind.Optional
                or CelTypeKind.Quantity or CelTypeKind.Ip or CelTypeKind.Cidr or CelTypeKind.Url or CelTypeKind.Semver or CelTypeKind.Format;
        }
        if (from.Kind != to.Kind)
        {
            return false;
        }
        if (from.Kind == CelTypeKind.Object)
        {
            return ReferenceEquals(from.Declared!.Schema, to.Declared!.Schema);
        }
        for (int i = 0; i < from.Parameters.Length; i++)
        {
            if (!Goes(from.Parameters[i], to.Parameters[i], depth + 1))
            {
                return false;
            }
        }
        return true;
    }

    private bool Bind(CelType parameter, CelType type)
    {
        bool isDeep = type.Depth > MaxDepth;
        if (!isDeep && Occurs(parameter, type, 0))
        {
            return false;
        }
        _bindings = _bindings.SetItem(parameter, isDeep ? CelType.Dyn : type);
        return true;
    }

    private bool Occurs(CelType parameter, CelType type, int depth)
    {
        type = Walk(type);
        if (ReferenceEquals(parameter, type) || depth > MaxDepth)
        {
            return true;
        }
        foreach (CelType inner in type.Parameters)
        {
            if (Occurs(parameter, inner, depth + 1))
            {
                return true;
            }
        }
        return false;
    }

    private CelType Walk(CelType type)
    {
        while (type.Kind == CelTypeKind.Parameter && _bindings.TryGetValue(type, out CelType? bound))
        {
            type = bound;
        }
        return type;
    }

    /// <summary>The parameter at the end of a chain of bindings.</summary>
    private CelType Last(CelType parameter)
    {
        while (_bindings[parameter] is { Kind: CelTypeKind.Parameter } next)
        {
            parameter = next;
        }
        return parameter;
    }

    private CelType MoreGeneral(CelType one, CelType other)
    {
        one = Walk(one);
        other = Walk(other);
        if (one.Kind == CelTypeKind.Dyn || other.Kind == CelTypeKind.Dyn)
        {
            return CelType.Dyn;
        }
        return one.Kind == CelTypeKind.Null ? other : one;
    }

    private CelType Substitute(CelType type, bool openIsDyn, int depth)
    {
        type = Walk(type);
        if (type.Kind == CelTypeKind.Parameter)
        {
            return openIsDyn ? CelType.Dyn : type;
        }
        if (type.Parameters.Length == 0)
        {
            return type;
        }
        if (depth > MaxDepth)
        {
            return CelType.Dyn;
        }
        ImmutableArray<CelType>.Builder parameters = ImmutableArray.CreateBuilder<CelType>(type.Parameters.Length);
        foreach (CelType parameter in type.Parameters)
        {
            parameters.Add(Substitute(parameter, openIsDyn, depth + 1));
        }
        return type.With(parameters.MoveToImmutable());
    }
}
