using System.Globalization;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>A version by semver.org: <c>1.2.3-rc.1+build</c>. The build counts in no comparison.</summary>
public sealed class CelSemver : CelExtension
{
    private const int MaxLength = 1000;

    private readonly string[] _prerelease;

    private CelSemver(ulong major, ulong minor, ulong patch, string[] prerelease)
        : base(CelKind.Semver)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        _prerelease = prerelease;
    }

    internal ulong Major { get; }

    internal ulong Minor { get; }

    internal ulong Patch { get; }

    /// <param name="normalizes">Takes <c>v1.2</c> and <c>01.2.3</c> too.</param>
    internal static CelSemver? Read(string text, bool normalizes) =>
        text.Length > MaxLength ? null : normalizes ? Normalized(text) is { } normal ? Read(normal) : null : Read(text);

    internal int CompareTo(CelSemver other)
    {
        int order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0)
        {
            return order;
        }
        if (_prerelease.Length == 0 || other._prerelease.Length == 0)
        {
            return (_prerelease.Length == 0).CompareTo(other._prerelease.Length == 0);
        }
        for (int i = 0; i < _prerelease.Length && i < other._prerelease.Length; i++)
        {
            order = Compare(_prerelease[i], other._prerelease[i]);
            if (order != 0)
            {
                return order;
            }
        }
        return _prerelease.Length.CompareTo(other._prerelease.Length);
    }

    internal override bool SameAs(CelExtension other) => other is CelSemver version && CompareTo(version) == 0;

    private static int Compare(string left, string right)
    {
        bool isNumber = ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out ulong a);
        bool isOther = ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out ulong b);
        if (isNumber && isOther)
        {
            return a.CompareTo(b);
        }
        return isNumber || isOther ? isNumber ? -1 : 1 : Math.Sign(string.CompareOrdinal(left, right));
    }

    private static CelSemver? Read(string text)
    {
        string[] parts = text.Split('.', 3);
        if (parts.Length != 3 || Number(parts[0]) is not { } major || Number(parts[1]) is not { } minor)
        {
            return null;
        }
        string rest = parts[2];
        int plus = rest.IndexOf('+', StringComparison.Ordinal);
        string[] build = plus < 0 ? [] : rest[(plus + 1)..].Split('.');
        rest = plus < 0 ? rest : rest[..plus];
        int dash = rest.IndexOf('-', StringComparison.Ordinal);
        string[] prerelease = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        rest = dash < 0 ? rest : rest[..dash];
        return Number(rest) is { } patch && Array.TrueForAll(build, IsPart) && Array.TrueForAll(prerelease, IsPrereleasePart)
            ? new CelSemver(major, minor, patch, prerelease)
            : null;
    }

    private static ulong? Number(string text) =>
        text.Length > 0 && (text.Length == 1 || text[0] != '0') && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    private static bool IsPart(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static bool IsPrereleasePart(string text) => IsPart(text) && (text.AsSpan().ContainsAnyExceptInRange('0', '9') || Number(text) is not null);

    /// <summary>Without a <c>v</c> and leading zeros, with all three numbers; null when a short version has more to it.</summary>
    private static string? Normalized(string text)
    {
        if (text.StartsWith('v'))
        {
            text = text[1..];
        }
        List<string> parts = [.. text.Split('.', 3)];
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Length > 1)
            {
                string bare = parts[i].TrimStart('0');
                parts[i] = bare.Length == 0 || !char.IsAsciiDigit(bare[0]) ? "0" + bare : bare;
            }
        }
        if (parts.Count < 3 && parts[^1].AsSpan().ContainsAny('+', '-'))
        {
            return null;
        }
        while (parts.Count < 3)
        {
            parts.Add("0");
        }
        return string.Join('.', parts);
    }
}
