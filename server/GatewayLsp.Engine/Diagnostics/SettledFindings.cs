using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// The findings of meaning of all objects of a file, as long as they are the same: then one question tells whether all hold.
/// An edit leaves nearly every file alone, and to ask the objects of thousands of files one by one takes most of its time.
/// </summary>
internal sealed class SettledFindings
{
    private readonly SemanticFindings[] _findings;
    private JointDependencies? _asked;
    private object _shared;

    private SettledFindings(SemanticFindings[] findings, object shared) => (_findings, _shared) = (findings, shared);

    public bool HoldIn(Resolver later) =>
        _asked is { } asked && ReferenceEquals(Volatile.Read(ref _shared), later.Index.Shared.Mark) && asked.HoldIn(later);

    /// <summary>What to keep after the objects were asked one by one. Put together only when nothing was made anew for once: it would not pay otherwise.</summary>
    /// <param name="before">What was kept until now.</param>
    public static SettledFindings? After(SettledFindings? before, IEnumerable<ManifestObject> subjects, int count, Resolver resolver)
    {
        var findings = new SemanticFindings[count];
        int i = 0;
        foreach (ManifestObject one in subjects)
        {
            // Another snapshot may have made others meanwhile.
            if (one.Meaning is not SemanticFindings found || !found.AreKnownIn(resolver))
            {
                return null;
            }
            findings[i++] = found;
        }
        if (before is null || !before._findings.AsSpan().SequenceEqual(findings))
        {
            return new SettledFindings(findings, resolver.Index.Shared.Mark);
        }
        if (before._asked is { } asked)
        {
            asked.Renew(resolver);
        }
        else
        {
            before._asked = JointDependencies.Of(resolver, findings.Select(static one => one.Asked));
        }
        Volatile.Write(ref before._shared, resolver.Index.Shared.Mark);
        return before;
    }
}
