using System.Text.RegularExpressions;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// What a token, a key or a password looks like in a line of text: by the name before it, or by itself. The client has the same for
/// its reports; <c>tests/redaction.json</c> holds for both.
/// </summary>
public static partial class SecretShapes
{
    public const string Hidden = "[hidden]";

    /// <summary>Ends of names whose values are secret. What goes on behind them (<c>secretName</c>, <c>tokens</c>) is something else.</summary>
    private const string Names =
        "(?:token|passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?key(?:[_-]?data)?|client[_-]?certificate[_-]?data|credentials?|(?:amz|goog)-signature|" + Pwd + ")";

    /// <summary>Not the shell's word for the folder that it is in.</summary>
    private const string Pwd = """pwd(?!["']?[ \t]{0,20}[:=][ \t]{0,20}["']?(?:[/~]|[A-Za-z]:[\\/]))""";

    /// <summary>Between a name and its value on the same line; quotes may be escaped, as in JSON within JSON.</summary>
    private const string Is = """\\{0,8}["']?[ \t]{0,20}[:=][ \t]{0,20}""";

    /// <summary>To the end of its own quotes: those within it have one backslash more.</summary>
    private const string Quoted = """(\\{0,8}["'])(?:(?!(?<!\\)\2)[^\r\n])+""";

    /// <summary>Also with commas and semicolons, as long as no blank follows.</summary>
    private const string Bare = """(?:[^\s"',;}&\\]|[,;](?=[^\s"',;}&\\]))+""";

    /// <summary><c>a="x", b=y</c>, as schemes of HTTP have it.</summary>
    private const string Parameters = """(?:[\w-]{1,40}=(?:"[^"\r\n]{0,2000}"|[^\s"',\\]{1,2000})(?:,[ \t]{0,20})?){1,20}""";

    /// <summary>Words that follow a name in sentences.</summary>
    private const string NoWord =
        @"(?!(?:expired|invalid|missing|not|is|was|has|no|null|none|true|false|empty|required|revoked|unknown|malformed|failed|cannot|could|unable|exec)(?![\w-]))";

    public static string Hide(string text)
    {
        text = Pem.Replace(text, Hidden);
        text = Header.Replace(text, "$1$2" + Hidden);
        text = Cookie.Replace(text, "$1$2" + Hidden);
        text = Block.Replace(text, "$1" + Hidden);
        text = Named.Replace(text, "$1$2" + Hidden);
        text = Variable.Replace(text, "$1$2" + Hidden);
        text = Flag.Replace(text, "$1$2" + Hidden);
        text = Login.Replace(text, "$1" + Hidden);
        text = ShortFlag.Replace(text, "$1" + Hidden);
        text = DockerAuth.Replace(text, "$1$2" + Hidden);
        text = Signature.Replace(text, "$1" + Hidden);
        text = Bearer.Replace(text, "$1 " + Hidden);
        text = Basic.Replace(text, "$1 " + Hidden);
        text = UserInUrl.Replace(text, "$1" + Hidden + "@");
        return TokenLike.Replace(text, Hidden);
    }

    [GeneratedRegex("-----BEGIN [A-Z ]+-----.*?(-----END [A-Z ]+-----|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem { get; }

    /// <summary><c>Authorization: Bearer x</c>, also in brackets as Go prints headers.</summary>
    [GeneratedRegex("(authorization" + Is + ")(?:" + Quoted + "|" + NoWord + @"\[?(?:[A-Za-z][\w-]{0,40}[ \t]+)?(?:" + Parameters + "(?:" + Bare + ")?|" + Bare + "))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header { get; }

    /// <summary><c>Cookie: a=x; b=y</c>.</summary>
    [GeneratedRegex(@"(\b(?:set-)?cookie" + Is + ")(?:" + Quoted + """|\[?[\w.%-]{1,200}=[^\s;,"']*(?:;[ \t]{0,20}[\w.%-]{1,200}(?:=[^\s;,"']*)?)*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cookie { get; }

    /// <summary><c>password: |</c> and the lines that belong to it.</summary>
    [GeneratedRegex("(" + Names + Is + @"[|>][0-9+-]{0,2}[ \t]{0,20}\r?\n([ \t]{1,200}))[^\r\n]*(?:\r?\n\2[^\r\n]*)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block { get; }

    /// <summary><c>token: x</c>, <c>"password":"x"</c>, <c>client-key-data=x</c>, <c>AWS_SECRET_ACCESS_KEY=x</c>.</summary>
    [GeneratedRegex("(" + Names + Is + ")(?:" + Quoted + "|" + NoWord + Bare + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    /// <summary>Environment variables: what follows the word is part of their names, too.</summary>
    [GeneratedRegex("((?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)[A-Z0-9_]{0,60}=)(?:" + Quoted + "|" + Bare + ")", RegexOptions.CultureInvariant)]
    private static partial Regex Variable { get; }

    /// <summary><c>--token x</c>, <c>--client-secret=x</c>, <c>"--token","x"</c>.</summary>
    [GeneratedRegex(@"((?<![\w-])--[\w-]{0,40}?" + Names + """\\{0,8}["']?(?:[ \t]{0,20}[=,][ \t]{0,20}|[ \t]{1,20}))(?:""" + Quoted + "|(?!-)" + Bare + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flag { get; }

    /// <summary><c>curl -u name:x</c>.</summary>
    [GeneratedRegex("""((?<![\w-])(?:-u|--(?:proxy-)?user)[ \t=]{1,20}["']?[^\s:"']{1,100}:)[^\s"']+""", RegexOptions.CultureInvariant)]
    private static partial Regex Login { get; }

    /// <summary><c>login -p x</c>, <c>-u name -p x</c>; elsewhere the letter is a port or a path.</summary>
    [GeneratedRegex("""((?:\blogin|[ \t](?:-u|--user(?:name)?))[ \t=][^\r\n]{0,200}?(?<=[ \t])-p[ \t=]{1,20}["']?)(?![-/])[^\s"']+""", RegexOptions.CultureInvariant)]
    private static partial Regex ShortFlag { get; }

    /// <summary>Name and password in Docker's settings.</summary>
    [GeneratedRegex("""(\\{0,8}["']_?auth\\{0,8}["'][ \t]{0,20}:[ \t]{0,20})""" + Quoted, RegexOptions.CultureInvariant)]
    private static partial Regex DockerAuth { get; }

    /// <summary>Links that need no more than themselves.</summary>
    [GeneratedRegex("""([?&](?:sig|signature|key)=)[^\s&"'<>]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signature { get; }

    /// <summary>Not in "the bearer token".</summary>
    [GeneratedRegex("""\b(Bearer)\s+(?!(?:tokens?|auth|authentication|authorization|credentials?|scheme|header|realm)[.:]?(?:[\s,;)"'`]|$))[A-Za-z0-9+/=._~:-]{6,}""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer { get; }

    /// <summary>Base64 has a capital or a digit; "basic rules" has none.</summary>
    [GeneratedRegex(@"\b([Bb]asic|BASIC)\s+(?=[a-z]*[A-Z0-9=+/])[A-Za-z0-9+/=_-]{6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Basic { get; }

    [GeneratedRegex(@"(?<!\w)(\w{1,20}://)[^/\s@]{1,500}@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInUrl { get; }

    /// <summary>JWTs, EKS and Google tokens, AWS key ids, and long runs of base64 with both cases and digits.</summary>
    [GeneratedRegex(@"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|k8s-aws-v1\.[\w-]+|\bya29\.[\w-]+|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?<![\w+-])(?=[\w+-]*[a-z])(?=[\w+-]*[A-Z])(?=[\w+-]*[0-9])[A-Za-z0-9+_-]{40,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex TokenLike { get; }
}
