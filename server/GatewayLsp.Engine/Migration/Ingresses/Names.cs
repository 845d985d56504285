using System.Globalization;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>
/// Names for the objects of a conversion: valid, at most 63 characters, and never the same for two. What would be called alike
/// gets a number made of what it stands for, so that it is called the same in every run.
/// </summary>
internal sealed class Names
{
    public const int MaxLength = 63;

    private readonly Dictionary<(string Scope, string Name), string> _owners = [];

    /// <param name="scope">Names are distinct within it.</param>
    /// <param name="owner">What the name is for; the same owner gets the same name again.</param>
    public string Give(string scope, string owner, string wanted)
    {
        string name = IsValid(wanted) && wanted.Length <= MaxLength ? wanted : Slug(wanted);
        string free = name;
        for (int i = 0; !Take(scope, free, owner); i++)
        {
            free = Shorten(name, Hash(i == 0 ? owner : owner + i.ToString(CultureInfo.InvariantCulture)));
        }
        return free;
    }

    /// <summary>Keeps a name for its owner. False when another has it.</summary>
    public bool Take(string scope, string name, string owner) => _owners.TryAdd((scope, name), owner) || _owners[(scope, name)] == owner;

    /// <summary>A name out of any text: lower case, dots and the like as hyphens, at most 63 characters.</summary>
    public static string Slug(string text)
    {
        string slug = new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        slug = slug.Length > MaxLength ? Shorten(slug, Hash(text)) : slug;
        return slug.Trim('-') is { Length: > 0 } trimmed ? trimmed : "x";
    }

    /// <summary>True for a DNS subdomain, as names of objects and hosts are.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }
        foreach (string label in name.Split('.'))
        {
            if (label.Length == 0 || label[0] == '-' || label[^1] == '-' || !label.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || c == '-'))
            {
                return false;
            }
        }
        return true;
    }

    private static string Shorten(string name, string end) => name[..Math.Min(name.Length, MaxLength - 1 - end.Length)].TrimEnd('-', '.') + "-" + end;

    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
