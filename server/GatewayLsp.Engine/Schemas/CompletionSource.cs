namespace GatewayLsp.Engine.Schemas;

/// <summary>Where completion finds the values of a field in the workspace (<c>x-gateway-complete</c>).</summary>
public enum CompletionSource : byte
{
    None,
    GatewayClassName,
    ParentName,
    ParentSection,
    ParentPort,
    BackendName,
    BackendPort,
    SecretName,
    CaCertificateName,
    Namespace,
    Hostname,
    HeaderName,
    PolicyTargetName,
    PolicyTargetSection,
    RouteKind,
    GroupOfKind,
    LabelKey,
    LabelValue,
    ConfigMapName,
    ServiceName,
    ServicePortName,
    ServiceAccountName,
    ExtensionName,
    GrpcService,
    GrpcMethod,
    ObjectName,
}
