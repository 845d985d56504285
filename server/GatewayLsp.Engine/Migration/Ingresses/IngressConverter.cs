using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Ingresses to Gateways and routes: who they are for, their rules, what they are to each other, listeners, checks, in that order.</summary>
internal static class IngressConverter
{
    /// <param name="ingresses">Each with the path of its file.</param>
    public static IngressConversion Convert(Workspace workspace, IReadOnlyList<(string Path, ManifestObject Object)> ingresses, ConversionOptions options)
    {
        var conversion = new Conversion(workspace, options);
        IngressModel[] models = [.. ingresses.Select(one => IngressModel.Read(one.Path, one.Object))];
        Reserve(conversion, models);
        var canaries = new List<IngressModel>();
        var works = new List<IngressWork>();
        foreach (IngressModel ingress in models.OrderBy(one => one.Created ?? "", StringComparer.Ordinal))
        {
            if (ingress.Object.Document.Errors.Length > 0)
            {
                conversion.Lost(ingress, ingress.Object.Node.Find("kind")?.Value ?? ingress.Object.Node, "Ingress", "The YAML of this document has errors, so nothing of the Ingress is converted. Correct the errors, then convert again.");
                ingress.TakeAll();
                continue;
            }
            IngressClassChoice choice = Controllers.Of(ingress, workspace);
            if (choice.Controller == Controller.Nginx && ingress.TakeFlag(NginxCanary.Flag))
            {
                canaries.Add(ingress);
                continue;
            }
            works.Add(new IngressWork(conversion, ingress, choice));
        }
        var hosts = new SharedHosts(works);
        foreach (IngressWork work in works)
        {
            work.MakeRules(hosts);
        }
        hosts.Merge(conversion);
        foreach (IngressModel canary in canaries)
        {
            NginxCanary.Merge(conversion, works, canary);
        }
        new Attachment(conversion, works).Run();
        RuleChecks.Run(conversion);
        foreach (IngressModel ingress in models)
        {
            LostAnnotations.Tell(conversion, ingress);
        }
        string manifest = Write(conversion, ingresses);
        FeatureCheck.Run(conversion, manifest);
        return new IngressConversion(manifest, [.. ingresses.Select(one => one.Object)],
            [.. conversion.Notes.OrderBy(note => note.Path, StringComparer.Ordinal).ThenBy(note => ingresses.TakeWhile(one => !ReferenceEquals(one.Object, note.Object)).Count()).ThenBy(note => note.Span.Start)]);
    }

    /// <summary>A route for a whole Ingress has its name, so no other may: nor that of an Ingress that is converted another time.</summary>
    private static void Reserve(Conversion conversion, IngressModel[] models)
    {
        var seen = new Dictionary<(string, string), int>();
        foreach (IngressModel one in models)
        {
            int count = seen[(one.Namespace, one.Name)] = seen.GetValueOrDefault((one.Namespace, one.Name)) + 1;
            one.Owner = count == 1 ? one.Name : $"{one.Name}#{count}";
            conversion.Names.Take(IngressWork.RouteScope(one.Namespace), one.Name, one.Name);
        }
        foreach (IndexedObject one in conversion.Workspace.Index.OfKind("networking.k8s.io", "Ingress"))
        {
            conversion.Names.Take(IngressWork.RouteScope(one.Object.NamespaceOrDefault), one.Object.Name, one.Object.Name);
        }
    }

    /// <summary>Namespaces are written as the Ingresses have them: none where none stood.</summary>
    private static string Write(Conversion conversion, IReadOnlyList<(string Path, ManifestObject Object)> ingresses)
    {
        var namespaces = new HashSet<string>(ingresses.Select(one => one.Object.Namespace), StringComparer.Ordinal);
        bool Written(string ns) => ns != "default" || namespaces.Contains(ns);
        var routes = new List<JsonValue>();
        foreach (RouteDraft route in conversion.Routes)
        {
            routes.AddRange(FinalCheck.Written(conversion, route, Written(route.Namespace)));
        }
        IEnumerable<JsonValue> objects = conversion.Gateways.SelectMany(gateway => gateway.ToJson(Written(gateway.Namespace))).Concat(routes);
        string text = string.Join("---\n", objects.Select(one => YamlText.Block(one, 0, "\n") + "\n"));
        return text.Replace($"gatewayClassName: {Controllers.UnknownClass}\n", $"gatewayClassName: {Controllers.UnknownClass} # the name of your GatewayClass\n", StringComparison.Ordinal);
    }
}
