using System.Globalization;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>A minor release of an implementation: what a patch release has does not change what it supports.</summary>
public readonly record struct ReleaseVersion(int Major, int Minor) : IComparable<ReleaseVersion>
{
    /// <summary>Reads <c>1.30</c>, <c>v1.30.1</c>, <c>1.36.2-gke.2154000</c>; null for anything else.</summary>
    public static ReleaseVersion? Parse(ReadOnlySpan<char> text)
    {
        text = text.StartsWith("v", StringComparison.Ordinal) ? text[1..] : text;
        int dot = text.IndexOf('.');
        if (dot < 1 || !int.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out int major))
        {
            return null;
        }
        ReadOnlySpan<char> rest = text[(dot + 1)..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            && (end < 0 || rest[end] is '.' or '-' or '+')
                ? new ReleaseVersion(major, minor)
                : null;
    }

    public int CompareTo(ReleaseVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public static bool operator <(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
