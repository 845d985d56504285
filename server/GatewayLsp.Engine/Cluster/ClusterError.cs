using System.Collections.Immutable;

namespace GatewayLsp.Engine.Cluster;

/// <summary>Why a cluster gave no answer, or not the one that was asked for.</summary>
public enum ClusterErrorKind : byte
{
    /// <summary>Anything else that the server refused (400 and unforeseen codes).</summary>
    Refused,

    /// <summary>401: no, wrong, expired or revoked credentials.</summary>
    Unauthorized,

    /// <summary>403 of authorization.</summary>
    Forbidden,

    /// <summary>404 of an object.</summary>
    NotFound,

    /// <summary>404 of a kind or version.</summary>
    KindNotServed,

    /// <summary>409: fields belong to others (causes name field and owner), or the object changed meanwhile.</summary>
    Conflict,

    /// <summary>409: create of what exists.</summary>
    AlreadyExists,

    /// <summary>422, and 400 of strict decoding: causes name fields.</summary>
    Invalid,

    /// <summary>A webhook or admission policy said no; <see cref="ClusterError.DeniedBy"/> names it.</summary>
    AdmissionDenied,

    /// <summary>410: the resourceVersion or page is too old; list again.</summary>
    Gone,

    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>500, 502, 503, 504: the server is there and can't answer now.</summary>
    Unavailable,

    /// <summary>No answer in time, ours or the server's limit.</summary>
    Timeout,

    /// <summary>The connection broke off in the middle of an answer, or the answer makes no sense.</summary>
    Broken,

    /// <summary>The server's certificate is not to be trusted, or it speaks no TLS.</summary>
    Tls,

    /// <summary>No route to the host.</summary>
    Unreachable,

    /// <summary>Nobody listens at the address.</summary>
    ConnectionRefused,

    /// <summary>The server's host name is unknown.</summary>
    DnsFailure,

    /// <summary>The kubeconfig can't be used: unreadable, or its context, cluster or user is missing or wrong.</summary>
    BadKubeconfig,

    /// <summary>The credential plugin is not installed or not on the PATH.</summary>
    PluginMissing,

    /// <summary>The credential plugin failed or printed something else than a credential.</summary>
    PluginFailed,

    PluginTimeout,

    /// <summary>Nothing may be run or asked: the workspace is not trusted, or the user has not picked this cluster.</summary>
    NotAllowed,
}

/// <summary>One cause of a refusal, as in <c>details.causes</c>.</summary>
/// <param name="Field">Field path as the API server writes it; empty when the object as a whole is concerned.</param>
/// <param name="Reason">The server's word, e.g. <c>FieldValueInvalid</c>, <c>FieldManagerConflict</c>, <c>UnknownField</c>.</param>
/// <param name="Owner">For conflicts: the field manager that owns the field.</param>
public sealed record ErrorCause(string Field, string Reason, string Message, string? Owner = null)
{
    public const string FieldManagerConflict = "FieldManagerConflict";
}

/// <summary>A failure as a value. No part of it holds a secret: tokens, passwords and keys are taken out where it is made.</summary>
/// <param name="Message">One or two sentences for the user, without the target's name.</param>
public sealed record ClusterError(ClusterErrorKind Kind, string Message)
{
    /// <summary>HTTP status; 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>The server's own message, redacted and bounded; what the log shows beside ours.</summary>
    public string? Detail { get; init; }

    public ImmutableArray<ErrorCause> Causes { get; init; } = [];

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What helps, in a sentence or some lines: the plugin's <c>installHint</c>, the PATH that was searched, a command to sign in.</summary>
    public string? Hint { get; init; }

    /// <summary>Webhook or policy behind <see cref="ClusterErrorKind.AdmissionDenied"/>.</summary>
    public string? DeniedBy { get; init; }

    /// <summary>True when the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Kind is ClusterErrorKind.TooManyRequests or ClusterErrorKind.Unavailable or ClusterErrorKind.Timeout
        or ClusterErrorKind.Broken or ClusterErrorKind.Unreachable or ClusterErrorKind.ConnectionRefused or ClusterErrorKind.DnsFailure;

    /// <summary>True when a write that failed so may all the same have been carried out.</summary>
    public bool IsOutcomeUnknown => Kind is ClusterErrorKind.Timeout or ClusterErrorKind.Broken
        || (Kind == ClusterErrorKind.Unavailable && (Status is 500 or 502 or 504));

    public override string ToString() => Message;
}
