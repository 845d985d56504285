using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

public enum ReferenceProblem : byte
{
    /// <summary>Nobody can use an object of this kind here.</summary>
    InvalidKind,

    /// <summary>It leads to another namespace and no ReferenceGrant there allows it.</summary>
    NotPermitted,

    NotFound,

    /// <summary>The Service exists and has no such port.</summary>
    PortNotFound,

    /// <summary>A Secret of another type than it has to be.</summary>
    WrongType,

    /// <summary>The object lacks a key that it should have, or there is something else in it.</summary>
    Malformed,

    /// <summary>A Secret whose private key is not that of its certificate.</summary>
    KeyMismatch,
}

/// <summary>What is wrong with a reference. Only what is certain.</summary>
/// <param name="From">The object that refers.</param>
public sealed record ReferenceIssue(ReferenceProblem Problem, ObjectRef Reference, ObjectView From);
