using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Whose annotations an Ingress speaks.</summary>
internal enum Controller : byte { Other, Nginx, Alb, Gke }

/// <summary>What an Ingress is for.</summary>
/// <param name="ClassName">Its class; empty when there is none.</param>
/// <param name="IsGuessed">True when neither the Ingress nor the workspace says it.</param>
internal sealed record IngressClassChoice(Controller Controller, string ClassName, bool IsGuessed);

/// <summary>Which controller an Ingress is for, and what its Gateway's class is called there.</summary>
internal static class Controllers
{
    public const string NginxPrefix = "nginx.ingress.kubernetes.io/";
    public const string AlbPrefix = "alb.ingress.kubernetes.io/";

    /// <summary>Put in where the class is not known, for a human to replace.</summary>
    public const string UnknownClass = "choose-a-gateway-class";

    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public static IngressClassChoice Of(IngressModel ingress, Workspace workspace)
    {
        string? name = ingress.Take(ClassAnnotation) is { Length: > 0 } old ? ingress.ClassName ?? old : ingress.ClassName;
        name = string.IsNullOrEmpty(name) ? DefaultClass(workspace) : name;
        if (name is null)
        {
            return new IngressClassChoice(Guess(ingress), "", IsGuessed: true);
        }
        if (ControllerOf(workspace, name) is { } controller)
        {
            return new IngressClassChoice(
                controller switch
                {
                    "k8s.io/ingress-nginx" or "nginx.org/ingress-controller" => Controller.Nginx,
                    "ingress.k8s.aws/alb" or "eks.amazonaws.com/alb" => Controller.Alb,
                    _ => controller.Contains("gce", StringComparison.Ordinal) || controller.Contains("gke", StringComparison.Ordinal) ? Controller.Gke : Controller.Other,
                },
                name,
                IsGuessed: false);
        }
        Controller byName = name switch
        {
            "gce" or "gce-internal" or "gce-multi-cluster" => Controller.Gke,
            _ when name.Contains("nginx", StringComparison.Ordinal) => Controller.Nginx,
            _ when name.Contains("alb", StringComparison.Ordinal) => Controller.Alb,
            _ => Guess(ingress),
        };
        return new IngressClassChoice(byName, name, IsGuessed: false);
    }

    /// <summary>The name of the GatewayClass that the same maker's Gateway controller usually comes with; null when it is not known.</summary>
    public static string? GatewayClass(IngressClassChoice choice) => choice.Controller switch
    {
        Controller.Nginx => "nginx",
        Controller.Alb => "aws-alb",
        Controller.Gke => choice.ClassName == "gce-internal" ? "gke-l7-rilb" : "gke-l7-global-external-managed",
        _ => null,
    };

    /// <summary>The class of the workspace that Ingresses without one get; null unless there is exactly one.</summary>
    private static string? DefaultClass(Workspace workspace)
    {
        string[] names = [.. workspace.Index.OfKind("networking.k8s.io", "IngressClass")
            .Where(one => one.Object.At("metadata", "annotations", DefaultAnnotation).Text() == "true").Select(one => one.Object.Name).Distinct()];
        return names is [var only] ? only : null;
    }

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
