using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Whose annotations an Ingress speaks.</summary>
internal enum Controller : byte { Other, Nginx, Alb, Gke }

/// <summary>Which controller an Ingress is for, and what its Gateway's class is called there.</summary>
internal static class Controllers
{
    public const string NginxPrefix = "nginx.ingress.kubernetes.io/";
    public const string AlbPrefix = "alb.ingress.kubernetes.io/";

    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    public static (Controller Controller, string ClassName) Of(IngressModel ingress, Workspace workspace)
    {
        string? name = ingress.Take(ClassAnnotation) is { Length: > 0 } old ? ingress.ClassName ?? old : ingress.ClassName;
        string? controller = name is null ? null : ControllerOf(workspace, name);
        if (controller is not null)
        {
            Controller known = controller switch
            {
                "k8s.io/ingress-nginx" or "nginx.org/ingress-controller" => Controller.Nginx,
                "ingress.k8s.aws/alb" or "eks.amazonaws.com/alb" => Controller.Alb,
                _ => controller.Contains("gce", StringComparison.Ordinal) || controller.Contains("gke", StringComparison.Ordinal) ? Controller.Gke : Controller.Other,
            };
            return (known, name!);
        }
        return name switch
        {
            null => (Guess(ingress), ""),
            "alb" => (Controller.Alb, name),
            "gce" or "gce-internal" or "gce-multi-cluster" => (Controller.Gke, name),
            _ when name.Contains("nginx", StringComparison.Ordinal) => (Controller.Nginx, name),
            _ when name.Contains("alb", StringComparison.Ordinal) => (Controller.Alb, name),
            _ => (Guess(ingress), name),
        };
    }

    /// <summary>The usual name of the GatewayClass that the same maker's Gateway controller comes with.</summary>
    public static string GatewayClass(Controller controller, string ingressClass) => controller switch
    {
        Controller.Nginx => "nginx",
        Controller.Alb => "aws-alb",
        Controller.Gke => ingressClass == "gce-internal" ? "gke-l7-rilb" : "gke-l7-global-external-managed",
        _ => ingressClass.Length > 0 ? GatewayDraft.Slug(ingressClass) : "example",
    };

    private static string? ControllerOf(Workspace workspace, string name)
    {
        foreach (IndexedObject one in workspace.Index.Find(new ObjectKey("networking.k8s.io", "IngressClass", "", name)))
        {
            if (one.Object.At("spec", "controller").Text() is { } controller)
            {
                return controller;
            }
        }
        return null;
    }

    private static Controller Guess(IngressModel ingress)
    {
        foreach (string name in ingress.AnnotationNames)
        {
            if (name.StartsWith(NginxPrefix, StringComparison.Ordinal))
            {
                return Controller.Nginx;
            }
            if (name.StartsWith(AlbPrefix, StringComparison.Ordinal))
            {
                return Controller.Alb;
            }
            if (name.StartsWith("networking.gke.io/", StringComparison.Ordinal) || name.StartsWith("ingress.gcp.kubernetes.io/", StringComparison.Ordinal)
                || name.StartsWith("kubernetes.io/ingress.", StringComparison.Ordinal))
            {
                return Controller.Gke;
            }
        }
        return Controller.Other;
    }
}
