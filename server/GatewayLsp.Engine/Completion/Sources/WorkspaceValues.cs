using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Values that the workspace has for a field, by the schema's <see cref="CompletionSource"/>.</summary>
internal static class WorkspaceValues
{
    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        switch (source.Schema.CompletionSource)
        {
            case CompletionSource.GatewayClassName:
                ObjectNames.Add(offers, source, source.Objects(ValueSource.GatewayGroup, "GatewayClass"), one => one.At("spec", "controllerName").Text());
                break;
            case CompletionSource.ParentName:
                Parents.AddNames(offers, source);
                break;
            case CompletionSource.ParentSection:
                Parents.AddSections(offers, source);
                break;
            case CompletionSource.ParentPort:
                Parents.AddPorts(offers, source);
                break;
            case CompletionSource.BackendName:
                Backends.AddNames(offers, source);
                break;
            case CompletionSource.BackendPort:
                Backends.AddPorts(offers, source);
                break;
            case CompletionSource.SecretName:
                ObjectNames.AddReferences(offers, source, source.Objects("", source.TargetKind("Secret")), CertificatesFirst);
                break;
            case CompletionSource.CaCertificateName:
                ObjectNames.AddReferences(offers, source, source.Objects(source.TargetGroup ?? "", source.TargetKind("ConfigMap")), CertificatesFirst);
                break;
            case CompletionSource.ConfigMapName:
                ObjectNames.AddReferences(offers, source, source.Objects("", "ConfigMap"), null);
                break;
            case CompletionSource.ServiceName:
                ObjectNames.AddReferences(offers, source, source.Objects("", "Service"), null);
                break;
            case CompletionSource.ServiceAccountName:
                ObjectNames.AddReferences(offers, source, source.Objects("", "ServiceAccount"), null);
                break;
            case CompletionSource.ServicePortName:
                Backends.AddPortNames(offers, source);
                break;
            case CompletionSource.PolicyTargetName or CompletionSource.ObjectName or CompletionSource.ExtensionName when source.TargetKind("") is { Length: > 0 } kind:
                ObjectNames.AddReferences(offers, source, source.Objects(kind), null);
                break;
            case CompletionSource.PolicyTargetSection:
                Parents.AddSections(offers, source);
                Backends.AddPortNames(offers, source);
                break;
            case CompletionSource.Namespace:
                Namespaces.Add(offers, source);
                break;
            case CompletionSource.Hostname:
                Hostnames.Add(offers, source);
                break;
            case CompletionSource.LabelValue:
                Labels.AddValues(offers, source);
                break;
            case CompletionSource.LabelKey when source.Schema.AdditionalProperties is null:
                Labels.AddKeys(offers, source);
                break;
            default:
                break;
        }
        if (SeenValues.IsWorthwhile(source))
        {
            SeenValues.Add(offers, source);
        }
        LiveValues.Add(offers, source);
    }

    private static int CertificatesFirst(ManifestObject one) =>
        one.At("type").Text() == "kubernetes.io/tls" || one.At("data", "ca.crt") is not null ? 0 : 1;
}
