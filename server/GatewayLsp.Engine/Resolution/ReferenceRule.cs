using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution;

/// <summary>How a reference is written.</summary>
internal enum ReferenceShape : byte
{
    /// <summary><c>group</c>, <c>kind</c>, <c>namespace</c>, <c>name</c>, <c>sectionName</c>, <c>port</c>; which of them there are, the schema says.</summary>
    Object,

    /// <summary>As <see cref="Object"/>, within the namespace of the object that refers: a <c>namespace</c> means nothing.</summary>
    Local,

    /// <summary>As <see cref="Local"/>, the group in <c>apiGroup</c> (Ingress).</summary>
    Typed,

    /// <summary>Only the name.</summary>
    Name,

    /// <summary><c>name</c> and <c>port</c> with <c>number</c> or <c>name</c> (Ingress).</summary>
    IngressService,
}

/// <summary>A place where objects of a kind refer to others.</summary>
/// <param name="Path">Keys from the object's root.</param>
/// <param name="Group">Group of the target when the reference does not name one.</param>
/// <param name="Kind">Kind of the target when the reference does not name one; empty when it has to.</param>
internal sealed record ReferenceRule(ImmutableArray<PathStep> Path, ReferenceRole Role, ReferenceShape Shape, string Group, string Kind);

/// <summary>A key to go down; with <c>IsList</c> on into every item below it.</summary>
internal readonly record struct PathStep(string Key, bool IsList)
{
    /// <summary>Reads <c>spec.rules[].backendRefs[]</c>.</summary>
    public static ImmutableArray<PathStep> Parse(string path) =>
        [.. path.Split('.').Select(part => part.EndsWith("[]", StringComparison.Ordinal) ? new PathStep(part[..^2], true) : new PathStep(part, false))];
}
