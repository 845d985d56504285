namespace GatewayLsp.Engine.Resolution.Conditions;

public enum ConditionStatus : byte { False, True, Unknown }

/// <summary>A condition as a controller would write it. Types and reasons are the specification's words, the message is ours.</summary>
public sealed record Condition(string Type, ConditionStatus Status, string Reason, string Message)
{
    public static Condition True(string type, string reason, string message) => new(type, ConditionStatus.True, reason, message);

    public static Condition False(string type, string reason, string message) => new(type, ConditionStatus.False, reason, message);

    public static Condition Unknown(string type, string message) => new(type, ConditionStatus.Unknown, ConditionReasons.Pending, message);
}

/// <summary>Condition types of the Gateway API.</summary>
public static class ConditionTypes
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string Conflicted = "Conflicted";
    public const string OverlappingTlsConfig = "OverlappingTLSConfig";
    public const string InsecureFrontendValidationMode = "InsecureFrontendValidationMode";
    public const string PartiallyInvalid = "PartiallyInvalid";
}

/// <summary>Condition reasons of the Gateway API.</summary>
public static class ConditionReasons
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string Pending = "Pending";
    public const string Invalid = "Invalid";
    public const string InvalidParameters = "InvalidParameters";
    public const string UnsupportedAddress = "UnsupportedAddress";
    public const string ListenersNotValid = "ListenersNotValid";
    public const string ListenersNotResolved = "ListenersNotResolved";
    public const string InvalidClientCertificateRef = "InvalidClientCertificateRef";
    public const string ConfigurationChanged = "ConfigurationChanged";
    public const string UnsupportedProtocol = "UnsupportedProtocol";
    public const string NoValidCaCertificate = "NoValidCACertificate";
    public const string InvalidCertificateRef = "InvalidCertificateRef";
    public const string InvalidRouteKinds = "InvalidRouteKinds";
    public const string RefNotPermitted = "RefNotPermitted";
    public const string InvalidCaCertificateRef = "InvalidCACertificateRef";
    public const string InvalidCaCertificateKind = "InvalidCACertificateKind";
    public const string HostnameConflict = "HostnameConflict";
    public const string ProtocolConflict = "ProtocolConflict";
    public const string NoConflicts = "NoConflicts";
    public const string OverlappingHostnames = "OverlappingHostnames";
    public const string OverlappingCertificates = "OverlappingCertificates";
    public const string NotAllowed = "NotAllowed";
    public const string ParentNotAccepted = "ParentNotAccepted";
    public const string ParentNotProgrammed = "ParentNotProgrammed";
    public const string NoMatchingParent = "NoMatchingParent";
    public const string NotAllowedByListeners = "NotAllowedByListeners";
    public const string NoMatchingListenerHostname = "NoMatchingListenerHostname";
    public const string UnsupportedValue = "UnsupportedValue";
    public const string IncompatibleFilters = "IncompatibleFilters";
    public const string InvalidKind = "InvalidKind";
    public const string BackendNotFound = "BackendNotFound";
    public const string Conflicted = "Conflicted";
    public const string TargetNotFound = "TargetNotFound";
}
