using System.Text;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Parts of objects in a few words: what a listener listens on, what a rule matches, where it sends.</summary>
internal static class ObjectLabels
{
    /// <summary>A label is for a line of a tree; longer ones are cut.</summary>
    private const int MaxLength = 120;

    /// <summary><c>http HTTP:80 *.example.com</c>.</summary>
    public static string Listener(YamlMapping listener)
    {
        string protocol = Word(listener, "protocol");
        string port = Word(listener, "port");
        return Cut(Join(Word(listener, "name"), port.Length == 0 ? protocol : protocol.Length == 0 ? ":" + port : protocol + ":" + port, Word(listener, "hostname")));
    }

    /// <summary><c>http 80 → 8080</c>, with the protocol where it is not TCP.</summary>
    public static string Port(YamlMapping port)
    {
        string number = Word(port, "port");
        string target = Word(port, "targetPort");
        string protocol = Word(port, "protocol");
        return Cut(Join(
            Word(port, "name"), target.Length == 0 || target == number ? number : number + " → " + target,
            protocol is "" or "TCP" ? "" : protocol, Word(port, "appProtocol")));
    }

    /// <summary><c>http 8080</c>: a container's.</summary>
    public static string ContainerPort(YamlMapping port)
    {
        string protocol = Word(port, "protocol");
        return Cut(Join(Word(port, "name"), Word(port, "containerPort"), protocol is "" or "TCP" ? "" : protocol));
    }

    /// <summary>The text under a key on one line; empty when there is none.</summary>
    public static string Word(YamlMapping? of, string key) =>
        of?.Get(key) switch
        {
            // A template's expression may be covered up in the value.
            YamlScalar { IsOpaque: true } scalar when scalar.Value.AsSpan().IndexOfAny('{', '$') < 0 => "…",
            YamlScalar { IsMissing: false } scalar => OneLine(scalar.Value),
            _ => "",
        };

    public static string Join(params ReadOnlySpan<string> words)
    {
        var text = new StringBuilder();
        foreach (string word in words)
        {
            if (word.Length > 0)
            {
                text.Append(text.Length == 0 ? "" : " ").Append(word);
            }
        }
        return text.ToString();
    }

    public static string Cut(string text) => text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1)] + "…";

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 ? text : string.Concat(text.Select(c => c < ' ' ? ' ' : c)).Trim();
}
