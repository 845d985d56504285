using GatewayLsp.Engine.Expectations;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// Backends and Gateways that expectations name (<c># expect: GET /api via front:80 -> shop-v1 90%</c>). A comment says whom it means
/// only together with the object beside it: it counts where its document refers to the object, or is it.
/// </summary>
internal static class ExpectationNames
{
    public static IEnumerable<Occurrence> Of(Workspace workspace, ObjectKey key)
    {
        bool isGateway = key is { Group: ApiGroups.Gateway, Kind: "Gateway" };
        if (!isGateway && key.Kind is not ("Service" or "ServiceImport"))
        {
            yield break;
        }
        foreach ((string path, ManifestDocument document) in Beside(workspace, key).Distinct())
        {
            foreach ((ObjectView view, Expectation one) in Expectations(document))
            {
                TextSpan part = isGateway ? TextSpan.FromBounds(one.Span.Start, one.OutcomeSpan.Start) : one.OutcomeSpan;
                string text = document.Text.Substring(part.Start, part.Length);
                bool? isMeant = null;
                for (int at = text.IndexOf(key.Name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key.Name, at + 1, StringComparison.Ordinal))
                {
                    if (IsNamed(text, at, key, isGateway, out bool hasNamespace)
                        && (hasNamespace || (isMeant ??= isGateway ? view.Namespace == key.Namespace : IsMeant(workspace, view, one, key))))
                    {
                        yield return new Occurrence(path, document, document.Root!, new TextSpan(part.Start + at, key.Name.Length), one.Span, IsDefinition: false) { IsPart = true };
                    }
                }
            }
        }
    }

    private static IEnumerable<(ObjectView View, Expectation Expectation)> Expectations(ManifestDocument document)
    {
        if (ExpectationReader.Of(document).Expectations.IsEmpty)
        {
            yield break;
        }
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (one.View() is Gateway or Route { Type: RouteKind.Http or RouteKind.Grpc })
            {
                foreach (Expectation expectation in ExpectationFinder.Of(one).Expectations)
                {
                    yield return (one.View()!, expectation);
                }
            }
        }
    }

    /// <summary>
    /// A backend's name without a namespace means those by that name that the request gets to, the one of the object's own namespace if it is
    /// among them. Where the request can't be followed, all that the route has by that name stand for them.
    /// </summary>
    private static bool IsMeant(Workspace workspace, ObjectView view, Expectation expectation, ObjectKey key)
    {
        HashSet<string> namespaces = ExpectationChecker.NamespacesOf(workspace.Resolver, view, expectation, key.Name);
        if (namespaces.Count == 0 && view is Route route)
        {
            namespaces.UnionWith(route.AllBackends.Where(one => one.Name == key.Name).Select(static one => one.Namespace));
        }
        return namespaces.Contains(key.Namespace) && (key.Namespace == view.Namespace || !namespaces.Contains(view.Namespace));
    }

    /// <summary>True where the name stands as one of a backend, or behind <c>via</c>, with its namespace or without.</summary>
    private static bool IsNamed(string text, int at, ObjectKey key, bool isGateway, out bool hasNamespace)
    {
        hasNamespace = false;
        int end = at + key.Name.Length;
        if (end < text.Length && text[end] is not (':' or ',') && !char.IsWhiteSpace(text[end]))
        {
            return false;
        }
        ReadOnlySpan<char> before = text.AsSpan(0, at);
        if (before.EndsWith($"{key.Namespace}/"))
        {
            hasNamespace = true;
            before = before[..^(key.Namespace.Length + 1)];
        }
        ReadOnlySpan<char> trimmed = before.TrimEnd();
        return isGateway ? before.Length > trimmed.Length && trimmed.EndsWith(" via")
            : trimmed.IsEmpty || trimmed.EndsWith(",") || (before.Length > trimmed.Length && trimmed.EndsWith("mirror"));
    }

    private static IEnumerable<(string Path, ManifestDocument Document)> Beside(Workspace workspace, ObjectKey key) =>
        workspace.References.To(key).Select(static referrer => (referrer.Path, referrer.Reference.From.Document))
            .Concat(workspace.Index.Find(key).Select(static found => (found.Path, found.Object.Document)));
}
