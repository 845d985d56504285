using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>
/// What the conversion wrote and the implementation of its class is known not to support: our own check is going to say so of the
/// manifest, so the conversion says it, too.
/// </summary>
internal static class FeatureCheck
{
    private const string Path = "converted.yaml";
    private const string Code = "unsupported-feature";

    public static void Run(Conversion conversion, string manifest)
    {
        if (conversion.Routes.Count == 0)
        {
            return;
        }
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { Implementations = conversion.Workspace.Settings.Implementations }));
        int number = 0;
        foreach (IndexedObject one in conversion.Workspace.Index.OfKind(MigrationTarget.Group, "GatewayClass"))
        {
            host.Apply(new WorkspaceChange.OnDisk($"class-{number++}.yaml", one.Object.Document.Text));
        }
        Workspace written = host.Apply(new WorkspaceChange.OnDisk(Path, manifest));
        Dictionary<(string Namespace, string Name), RouteDraft> routes = [];
        foreach (RouteDraft route in conversion.Routes)
        {
            routes.TryAdd((route.Namespace, route.Name), route);
        }
        foreach (FileDiagnostic finding in new Analysis(written).Diagnose(Path))
        {
            if (finding.Diagnostic is { Code: Code, Object: { } one, Field: { } field } && routes.TryGetValue((one.NamespaceOrDefault, one.Name), out RouteDraft? route))
            {
                YamlNode at = route.Source.Object.At("metadata", "name") ?? route.Source.Object.Node;
                conversion.Differs(route.Source, at, field[(field.LastIndexOf('.') + 1)..], finding.Diagnostic.Message);
            }
        }
    }
}
