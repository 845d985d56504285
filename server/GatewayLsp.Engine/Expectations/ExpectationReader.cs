using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Expectations;

/// <summary>
/// Finds expectations in the comments of a document.
/// <code># expect: [METHOD] PATH|URL [-H "NAME: VALUE"]... [via [NAMESPACE/]GATEWAY[:PORT]] -> OUTCOME[, OUTCOME]...</code>
/// A URL of <c>grpc://</c> or <c>grpcs://</c> is a gRPC call. An outcome is <c>[mirror] [NAMESPACE/]SERVICE[:PORT] [PERCENT%]</c> or <c>STATUS [LOCATION]</c>.
/// </summary>
internal static class ExpectationReader
{
    /// <summary>More of them in one document are not looked at.</summary>
    public const int MaxPerDocument = 200;

    private const string Keyword = "expect:";
    private const string Arrow = "->";

    /// <summary>What people write for it.</summary>
    private static readonly SearchValues<char> OtherArrows = SearchValues.Create("→⇒");

    private static readonly FrozenSet<string> Methods = FrozenSet.ToFrozenSet(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"], StringComparer.Ordinal);

    public sealed record Found(ImmutableArray<Expectation> Expectations, ImmutableArray<UnreadableExpectation> Unreadable)
    {
        public static readonly Found None = new([], []);
    }

    /// <summary>Cheap, and true of some documents that have none.</summary>
    public static bool MayHave(ManifestDocument document) => document.Text.Contains(Keyword, StringComparison.Ordinal);

    /// <summary>Read once per document.</summary>
    public static Found Of(ManifestDocument document) =>
        MayHave(document) ? document.Memo.Get(typeof(ExpectationReader), () => Read(document)) : Found.None;

    private static Found Read(ManifestDocument document)
    {
        var read = ImmutableArray.CreateBuilder<Expectation>();
        var unreadable = ImmutableArray.CreateBuilder<UnreadableExpectation>();
        foreach (TextSpan comment in document.Comments)
        {
            ReadOnlySpan<char> text = document.Text.AsSpan(comment.Start, comment.Length);
            int start = text.IndexOfAnyExcept("# \t");
            if (start < 0 || !text[start..].StartsWith(Keyword, StringComparison.Ordinal))
            {
                continue;
            }
            start += Keyword.Length;
            int arrow = ArrowIn(text);
            string left = (arrow < 0 ? text[start..] : text[start..arrow]).Trim().ToString();
            string? right = arrow < 0 ? null : text[(arrow + Arrow.Length)..].ToString();
            if (!LooksMeant(left, right?.Trim()))
            {
                // English prose, or what another tool expects.
                continue;
            }
            if (read.Count + unreadable.Count == MaxPerDocument)
            {
                unreadable.Add(new UnreadableExpectation(comment, $"Only the first {MaxPerDocument} expectations of a document are checked."));
                break;
            }
            ImmutableArray<ExpectedOutcome> outcomes = [];
            TextSpan place = comment;
            (TraceRequest? request, string? problem) = right is null ? (null, $"`{Arrow}` is missing: `# expect: GET /api {Arrow} my-service`.") : Request(left);
            if (problem is null && right is not null)
            {
                int blanks = right.Length - right.TrimStart().Length;
                place = TextSpan.FromBounds(comment.Start + arrow + Arrow.Length + blanks, comment.Start + arrow + Arrow.Length + right.TrimEnd().Length);
                (outcomes, problem) = Outcomes(right.Trim());
            }
            if (problem is null)
            {
                read.Add(new Expectation(comment, place, text[start..].Trim().ToString(), request!, outcomes));
            }
            else
            {
                unreadable.Add(new UnreadableExpectation(comment, problem));
            }
        }
        return new Found(read.DrainToImmutable(), unreadable.DrainToImmutable());
    }

    /// <summary>
    /// A test that never runs is worse than none, so all that begins as a request does is meant; and where there is an arrow, all that
    /// has a path, or a backend or status behind it.
    /// </summary>
    /// <param name="right">What stands behind the arrow; null without one.</param>
    private static bool LooksMeant(string left, string? right)
    {
        if (Words(left) is not [var first, .. var rest])
        {
            return right is not null;
        }
        if (IsTarget(first) || Methods.Contains(first) || (rest is [var second, ..] && IsTarget(second) && (IsMethod(first) || Methods.Contains(first.ToUpperInvariant()))))
        {
            return true;
        }
        return HasOtherArrow(left) ? IsMethod(first) || rest.Exists(IsTarget) : right is not null && (IsMethod(first) || rest.Exists(IsTarget) || Outcomes(right).Problem is null);
    }

    private static bool HasOtherArrow(string text) => text.Contains("=>", StringComparison.Ordinal) || text.AsSpan().ContainsAny(OtherArrows);

    private static int ArrowIn(ReadOnlySpan<char> text)
    {
        char quote = '\0';
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'' && text[(i + 1)..].Contains(text[i]))
            {
                quote = text[i];
            }
            else if (text[i] == '-' && text[i + 1] == '>')
            {
                return i;
            }
        }
        return -1;
    }

    private static bool IsTarget(string word) => word.StartsWith('/') || word.Contains("://", StringComparison.Ordinal);

    private static bool IsMethod(string word) => word.Length > 0 && word.All(char.IsAsciiLetterUpper);

    private static (TraceRequest? Request, string? Problem) Request(string text)
    {
        if (Words(text) is not { Count: > 0 } words)
        {
            return (null, "The request is missing: `GET /api`.");
        }
        int at = 0;
        string method = "GET";
        if (words.Count > 1 && !IsTarget(words[0]))
        {
            if (!IsMethod(words[0]))
            {
                return (null, $"`{words[0]}` is no method; methods are in capitals.");
            }
            method = words[at++];
        }
        if (!IsTarget(words[at]))
        {
            return (null, $"`{words[at]}` is neither a path that starts with `/` nor a URL.");
        }
        var request = new TraceRequest { Method = method };
        string target = words[at++];
        if (target.StartsWith('/'))
        {
            request = request with { Path = target };
        }
        else if (Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" or "grpc" or "grpcs")
        {
            bool isGrpc = uri.Scheme.StartsWith("grpc", StringComparison.Ordinal);
            request = request with { Protocol = isGrpc ? TraceProtocol.Grpc : TraceProtocol.Http };
            request = request with { Scheme = uri.Scheme.EndsWith('s') ? "https" : "http", Host = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port.ToString(CultureInfo.InvariantCulture)}", Path = uri.PathAndQuery };
        }
        else
        {
            return (null, $"`{target}` is no URL of http, https, grpc or grpcs.");
        }
        var headers = new List<KeyValuePair<string, string>>();
        while (at < words.Count)
        {
            string word = words[at++];
            if (word is not ("-H" or "via") || at == words.Count)
            {
                return (null, $"`{word}` is not understood here; a request may have headers `-H \"NAME: VALUE\"` and `via GATEWAY:PORT`.");
            }
            string value = words[at++];
            if (word == "via")
            {
                if (Name(value) is not { } gateway)
                {
                    return (null, $"`{value}` is no Gateway: `via [NAMESPACE/]NAME[:PORT]`.");
                }
                request = request with { Gateway = new ObjectName(gateway.Namespace ?? "", gateway.Name), Port = gateway.Port };
            }
            else if (value.IndexOf(':') is > 0 and var colon)
            {
                headers.Add(new(value[..colon].Trim(), value[(colon + 1)..].Trim()));
            }
            else
            {
                return (null, $"`{value}` is no header: `-H \"NAME: VALUE\"`.");
            }
        }
        return (request with { Headers = HeaderList.Of(headers) }, null);
    }

    private static (ImmutableArray<ExpectedOutcome> Outcomes, string? Problem) Outcomes(string text)
    {
        var outcomes = ImmutableArray.CreateBuilder<ExpectedOutcome>();
        foreach (string part in Parts(text))
        {
            List<string> words = Words(part.Replace(" %", "%", StringComparison.Ordinal));
            if (words is [var code, .. var location] && code.Length == 3 && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && location.Count <= 1)
            {
                if (status is < 300 or > 599)
                {
                    return ([], $"A gateway itself never answers {code}: name the backend that does.");
                }
                outcomes.Add(new ExpectedOutcome.Status(status, location is [var one] ? one : null));
                continue;
            }
            bool isMirror = words is ["mirror", _, ..];
            if (isMirror)
            {
                words.RemoveAt(0);
            }
            double? percent = null;
            if (words is [_, var share] && share.EndsWith('%'))
            {
                if (!double.TryParse(share[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number > 100)
                {
                    return ([], $"`{share}` is no share from 0% to 100%.");
                }
                percent = number;
                words.RemoveAt(1);
            }
            if (words is not [var name] || Name(name) is not { } backend)
            {
                return ([], part.Length == 0
                    ? "What is expected is missing: a Service, or a status code such as `404`."
                    : $"`{part}` is neither a backend (`[NAMESPACE/]SERVICE[:PORT] [PERCENT%]`, `mirror SERVICE`) nor a status code (`404`, `301 https://example.com/`).");
            }
            if (outcomes.Any(one => one is ExpectedOutcome.Backend other && other.IsMirror == isMirror && other.Name == backend.Name && other.Namespace == backend.Namespace && other.Port == backend.Port))
            {
                return ([], $"`{backend.Name}` stands there twice.");
            }
            outcomes.Add(new ExpectedOutcome.Backend(backend.Namespace, backend.Name, backend.Port, percent, isMirror));
        }
        return (outcomes.DrainToImmutable(), null);
    }

    /// <summary>Commas part the outcomes. Behind a status only such with a blank: a location may have commas of its own.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        foreach (string part in (text + " ").Split(", ", StringSplitOptions.TrimEntries))
        {
            bool isStatus = part.Length > 3 && part[3] == ' ' && part.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0;
            foreach (string one in isStatus ? [part] : part.Split(',', StringSplitOptions.TrimEntries))
            {
                yield return one;
            }
        }
    }

    private static (string? Namespace, string Name, int? Port)? Name(string text)
    {
        int? port = null;
        if (text.IndexOf(':') is >= 0 and var colon)
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
            {
                return null;
            }
            (port, text) = (number, text[..colon]);
        }
        string? ns = null;
        if (text.IndexOf('/') is >= 0 and var slash)
        {
            (ns, text) = (text[..slash], text[(slash + 1)..]);
        }
        return IsName(text) && (ns is null || IsName(ns)) ? (ns, text, port) : null;
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    /// <summary>Split at blanks; quotes, single or double, hold together what is between them.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            int end;
            if (text[at] is '"' or '\'' && text.IndexOf(text[at], at + 1) is > 0 and var close)
            {
                words.Add(text[(at + 1)..close]);
                end = close + 1;
            }
            else
            {
                end = at;
                while (end < text.Length && !char.IsWhiteSpace(text[end]))
                {
                    end++;
                }
                words.Add(text[at..end]);
            }
            at = end;
        }
        return words;
    }
}
