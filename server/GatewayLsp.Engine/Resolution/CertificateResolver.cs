using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Checks references to certificates: kind, permission, existence, content, in the order that the reasons demand.</summary>
internal static class CertificateResolver
{
    /// <summary>A certificate with its key. Null when it is fine or not known.</summary>
    public static ReferenceIssue? KeyPair(Dependencies snapshot, ObjectView from, ObjectRef reference)
    {
        if (Before(snapshot, from, reference, reference is { Group: ApiGroups.Core, Kind: "Secret" }) is { } issue)
        {
            return issue;
        }
        if (!reference.IsKnown || snapshot.Find<Secret>(reference.Key) is not { } secret || secret.IsTemplated)
        {
            return null;
        }
        return secret.Type != Secret.TlsType ? new ReferenceIssue(ReferenceProblem.WrongType, reference, from)
            : IsBad(secret.Certificate, snapshot) || IsBad(secret.PrivateKey, snapshot) ? new ReferenceIssue(ReferenceProblem.Malformed, reference, from)
            : secret.IsPair == false ? new ReferenceIssue(ReferenceProblem.KeyMismatch, reference, from)
            : null;
    }

    /// <summary>The hostnames that certificates are for, all together; default when those of one of them are not known.</summary>
    public static ImmutableArray<string> Names(Dependencies snapshot, ImmutableArray<ObjectRef> references)
    {
        if (references.IsDefaultOrEmpty)
        {
            return default;
        }
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (ObjectRef reference in references)
        {
            if (reference.IsTemplated || reference is not { Group: ApiGroups.Core, Kind: "Secret", IsKnown: true }
                || snapshot.Find<Secret>(reference.Key) is not { IsTemplated: false, CertificateNames: { IsDefault: false } own })
            {
                return default;
            }
            names.AddRange(own);
        }
        return names.DrainToImmutable();
    }

    /// <summary>
    /// CA certificates: a ConfigMap as the specification wants it; a Secret is what many implementations take too. Whether one takes the
    /// ClusterTrustBundles of Kubernetes is for it to say.
    /// </summary>
    public static ReferenceIssue? Ca(Dependencies snapshot, ObjectView from, ObjectRef reference)
    {
        if (reference is { Group: "certificates.k8s.io", Kind: "ClusterTrustBundle" })
        {
            return null;
        }
        if (Before(snapshot, from, reference, reference is { Group: ApiGroups.Core, Kind: "ConfigMap" or "Secret" }) is { } issue)
        {
            return issue;
        }
        if (!reference.IsKnown)
        {
            return null;
        }
        ContentState state = reference.Kind == "Secret"
            ? snapshot.Find<Secret>(reference.Key)?.CaCertificates ?? ContentState.Unknown
            : snapshot.Find<ConfigMap>(reference.Key)?.CaCertificates ?? ContentState.Unknown;
        return IsBad(state, snapshot) ? new ReferenceIssue(ReferenceProblem.Malformed, reference, from) : null;
    }

    /// <summary>The issues of several references.</summary>
    public static ImmutableArray<ReferenceIssue> All(
        ImmutableArray<ObjectRef> references, Func<ObjectRef, ReferenceIssue?> check)
    {
        var issues = ImmutableArray.CreateBuilder<ReferenceIssue>();
        foreach (ObjectRef reference in references)
        {
            if (check(reference) is { } issue)
            {
                issues.Add(issue);
            }
        }
        return issues.DrainToImmutable();
    }

    private static ReferenceIssue? Before(Dependencies snapshot, ObjectView from, ObjectRef reference, bool isKindFine)
    {
        if (reference.IsTemplated)
        {
            return null;
        }
        if (Grants.Permits(snapshot, from, reference) == Answer.No)
        {
            return new ReferenceIssue(ReferenceProblem.NotPermitted, reference, from);
        }
        if (!isKindFine)
        {
            return new ReferenceIssue(ReferenceProblem.InvalidKind, reference, from);
        }
        return reference.IsKnown && snapshot.PresenceOfCertificate(reference.Key) == Presence.Absent && !SecretMakers.WillMake(snapshot, from, reference)
            ? new ReferenceIssue(ReferenceProblem.NotFound, reference, from)
            : null;
    }

    /// <summary>A placeholder is bad only where the files are what goes into the cluster.</summary>
    private static bool IsBad(ContentState state, Dependencies snapshot) =>
        state is ContentState.Absent or ContentState.Malformed || (state == ContentState.Placeholder && snapshot.IsComplete);
}
