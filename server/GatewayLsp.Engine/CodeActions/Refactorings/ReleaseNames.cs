using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>What the backend of the next release may be called. A guess that the user is asked to look at.</summary>
internal static class ReleaseNames
{
    private static readonly (string Now, string Next)[] Pairs = [("-blue", "-green"), ("-green", "-blue"), ("-stable", "-canary"), ("-old", "-new"), ("-primary", "-canary")];

    /// <summary><c>cart-v1</c> becomes <c>cart-v2</c>, <c>cart-blue</c> <c>cart-green</c>, <c>cart</c> <c>cart-canary</c>.</summary>
    public static string Next(string name)
    {
        int digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1]))
        {
            digits--;
        }
        if (digits < name.Length && digits >= 1 && name[digits - 1] == 'v' && (digits == 1 || name[digits - 2] == '-') && int.TryParse(name.AsSpan(digits), out int version) && version < int.MaxValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name[..digits]}{version + 1}");
        }
        foreach ((string now, string next) in Pairs)
        {
            if (name.EndsWith(now, StringComparison.Ordinal))
            {
                return name[..^now.Length] + next;
            }
        }
        return name + "-canary";
    }

    /// <summary>A copy of an item with a name that was guessed; null when it has no name.</summary>
    public static EditItem? Renamed(EditItem item, string name)
    {
        EditItem copy = Copies.Of(item);
        if (copy.Value is not EditMapping map || map.Find("name") is not { Value: EditScalar old } entry)
        {
            return null;
        }
        entry.Value = Guess(name, old);
        return copy;
    }

    /// <summary>A value that the user is asked to look at, quoted as the one that it is like.</summary>
    public static EditScalar Guess(string value, EditScalar? like = null) =>
        new(null, like?.Origin is YamlScalar { IsMissing: false } scalar ? YamlText.Like(scalar, value) : YamlText.Of(value), value) { IsPlaceholder = true };
}
