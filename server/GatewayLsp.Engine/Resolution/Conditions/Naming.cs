using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>How messages call things.</summary>
internal static class Naming
{
    /// <summary><c>Gateway shop/front</c>.</summary>
    public static string Of(ObjectView view) => $"{view.Kind} {view.FullName}";

    public static string Of(ObjectRef reference) => $"{reference.Kind} {reference.Namespace}/{reference.Name}";

    public static string Of(Listener listener) => $"listener '{listener.Name}' of {Of(listener.Owner)}";

    public static string Kind(string group, string kind) => group.Length == 0 ? kind : $"{kind} ({group})";

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and 3 more</c>.</summary>
    public static string List(IReadOnlyList<string> items, string joint = "and")
    {
        const int Shown = 4;
        return items.Count switch
        {
            0 => "none",
            1 => items[0],
            <= Shown => string.Join(", ", items.Take(items.Count - 1)) + $" {joint} " + items[^1],
            _ => string.Join(", ", items.Take(Shown)) + $" and {items.Count - Shown} more",
        };
    }

    /// <summary>What is wrong with a reference and what helps, as one sentence.</summary>
    public static string Of(ReferenceIssue issue, string what)
    {
        ObjectRef reference = issue.Reference;
        return issue.Problem switch
        {
            ReferenceProblem.InvalidKind => $"{Kind(reference.Group, reference.Kind)} can't be used as {what}; refer to another kind.",
            ReferenceProblem.NotPermitted =>
                $"{Of(issue.From)} may not refer to {Of(reference)}: add a ReferenceGrant in namespace {reference.Namespace} from {issue.From.Kind} in namespace {issue.From.Namespace} to {reference.Kind}.",
            ReferenceProblem.NotFound => $"There is no {Of(reference)} to be used as {what}; create it or correct the name.",
            ReferenceProblem.PortNotFound => $"{Of(reference)} has no port {(reference as BackendRef)?.Port}; use one of its ports or add this one.",
            ReferenceProblem.WrongType => $"{Of(reference)} must be of type {Secret.TlsType} to be used as {what}.",
            ReferenceProblem.KeyMismatch => $"The key in {Of(reference)} is not that of its certificate: tls.crt and tls.key must belong together.",
            _ => IsAuthority(reference, what)
                ? $"{Of(reference)} has no certificates in PEM form under the key ca.crt; put those of the CA there."
                : $"{Of(reference)} does not have a certificate and its key in PEM form under tls.crt and tls.key; put them there.",
        };
    }

    private static bool IsAuthority(ObjectRef reference, string what) => reference.Kind == "ConfigMap" || what.Contains("CA", StringComparison.Ordinal);
}
