using System.Text;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Tracing;

/// <summary>
/// A request in one line, as people write it: <c>GET http://shop.example.com/cart -H "x-canary: true"</c>, a URL alone, or a line
/// of <c>curl</c>. Of curl's options those count that change the request; the others are passed over.
/// </summary>
internal static class RequestLine
{
    /// <summary>Options of curl that take a value and do not matter here. Others without a meaning for us are taken for flags.</summary>
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "-x", "--proxy", "--cacert", "--capath", "-E", "--cert", "--cert-type", "--key", "--key-type",
        "--pass", "-c", "--cookie-jar", "--resolve", "--connect-to", "--interface", "--retry", "--retry-delay", "--retry-max-time", "-r", "--range", "-K", "--config", "-D", "--dump-header",
        "--limit-rate", "-C", "--continue-at", "--ciphers", "--tls-max", "--unix-socket", "--dns-servers", "-y", "-Y", "-z", "--time-cond", "--max-redirs", "--trace",
        "--trace-ascii", "--stderr", "-t", "-Q", "-P", "--local-port", "--proto", "--noproxy", "-U", "--proxy-user", "--socks5", "--socks5-hostname", "--keepalive-time", "--rate",
    };

    /// <summary>Options with a body: the method is POST then, unless another is named.</summary>
    private static readonly HashSet<string> Bodies = new(StringComparer.Ordinal)
    {
        "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F", "--form", "--form-string",
    };

    /// <summary>True for what begins with <c>curl</c> or a method; a URL alone, blanks or not, is none.</summary>
    public static bool IsLine(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        rest = rest.StartsWith("$ ") ? rest[2..].TrimStart() : rest;
        int end = rest.IndexOfAny(' ', '\t');
        return rest is "curl" || end > 0 && (rest[..end] is "curl" or "curl.exe" || !rest[..end].ContainsAnyExceptInRange('A', 'Z'));
    }

    /// <summary>Null, with the reason, for a line that is no request.</summary>
    public static TraceRequest? Parse(string line, out string problem)
    {
        if (CommandWords.Of(line, out problem) is not { } words)
        {
            return null;
        }

        var isCurl = words is ["curl" or "curl.exe", ..] || (words is ["$", "curl", ..]);
        var read = new Reading();
        for (var i = isCurl ? words.IndexOf(words[0] == "$" ? "curl" : words[0]) + 1 : 0; i < words.Count; i++)
        {
            if (!read.Take(words, ref i, out problem))
            {
                return null;
            }
        }

        return read.ToRequest(out problem);
    }

    private sealed class Reading
    {
        private readonly List<(string Name, string Value)> _headers = [];
        private string? _method;
        private string? _url;
        private readonly List<string> _data = [];
        private string? _contentType;
        private string? _upload;
        private bool _isGet;

        public bool Take(List<string> words, ref int i, out string problem)
        {
            problem = "";
            var word = words[i];
            if (!word.StartsWith('-') || word.Length == 1)
            {
                return TakePlain(word, out problem);
            }

            var (name, value) = Split(word);
            while (value is null && name.Length == 2 && IsFlag(name) && word.Length > 2 && !word.StartsWith("--", StringComparison.Ordinal))
            {
                // -sSI is -s -S -I.
                Flag(name);
                word = "-" + word[2..];
                (name, value) = Split(word);
            }

            if (IsFlag(name))
            {
                Flag(name);
                return true;
            }

            value ??= i + 1 < words.Count ? words[++i] : null;
            if (value is null)
            {
                problem = $"{name} needs a value";
                return false;
            }

            return Option(name, value, out problem);
        }

        public TraceRequest? ToRequest(out string problem)
        {
            if (_url is null)
            {
                problem = "there is no URL in it";
                return null;
            }

            if (TraceUrl.Parse(_url, out problem) is not { } url)
            {
                problem = $"'{_url}' is no URL: {problem}";
                return null;
            }

            return new TraceRequest
            {
                Port = url.Port,
                Protocol = url.Protocol ?? TraceProtocol.Http,
                Scheme = url.Scheme,
                Method = _method ?? (_upload is not null ? "PUT" : _contentType is not null && !_isGet ? "POST" : "GET"),
                Host = url.Host,
                Path = PathOf(url.Path),
                Headers = HeaderList.Of(Sent().Select(header => KeyValuePair.Create(header.Name, header.Value))),
            };
        }

        /// <summary>With <c>-G</c> the data goes into the query; a file that is uploaded to a folder adds its name.</summary>
        private string PathOf(string path) =>
            _isGet && _data.Count > 0 ? path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', _data)
            : _upload is not null && path.EndsWith('/') ? path + Path.GetFileName(_upload) : path;

        /// <summary>What the user names, and what curl sends along with a body.</summary>
        private IEnumerable<(string Name, string Value)> Sent()
        {
            var isNamed = _headers.Exists(static header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase));
            return _contentType is null || _isGet || isNamed ? _headers : _headers.Append(("content-type", _contentType));
        }

        private void Body(string name, string value)
        {
            _contentType = name switch
            {
                "--json" => "application/json",
                "-F" or "--form" or "--form-string" => "multipart/form-data",
                _ => _contentType ?? "application/x-www-form-urlencoded",
            };
            if (name == "--json")
            {
                _headers.Add(("accept", "application/json"));
            }

            var equals = value.IndexOf('=', StringComparison.Ordinal);
            _data.Add(name != "--data-urlencode" ? value
                : equals > 0 ? value[..(equals + 1)] + Uri.EscapeDataString(value[(equals + 1)..])
                : Uri.EscapeDataString(value[(equals + 1)..]));
        }

        private bool TakePlain(string word, out string problem)
        {
            problem = "";
            if (_url is null && _method is null && word.Length > 0 && word.All(char.IsAsciiLetterUpper))
            {
                _method = word;
                return true;
            }

            if (_url is null)
            {
                _url = word;
                return true;
            }

            if (word.Contains("://", StringComparison.Ordinal))
            {
                problem = $"'{word}' is a second URL; one request is followed at a time";
                return false;
            }

            return Header(word, out problem);
        }

        private static bool IsFlag(string name) =>
            !Valued.Contains(name) && !Bodies.Contains(name) && name is not ("-X" or "--request" or "-H" or "--header" or "--url" or "-A" or "--user-agent" or "-b" or "--cookie" or "-T" or "--upload-file" or "-e" or "--referer" or "-u" or "--user");

        private void Flag(string name)
        {
            _isGet |= name is "-G" or "--get";
            _method = name is "-I" or "--head" ? "HEAD" : _method;
        }

        private bool Option(string name, string value, out string problem)
        {
            problem = "";
            switch (name)
            {
                case "-X" or "--request":
                    _method = value.ToUpperInvariant();
                    return true;
                case "-H" or "--header":
                    return Header(value, out problem);
                case "--url":
                    _url = value;
                    return true;
                case "-A" or "--user-agent":
                    _headers.Add(("user-agent", value));
                    return true;
                case "-b" or "--cookie" when value.Contains('='):
                    _headers.Add(("cookie", value));
                    return true;
                case "-e" or "--referer":
                    _headers.Add(("referer", value));
                    return true;
                case "-u" or "--user":
                    _headers.Add(("authorization", "Basic " + System.Convert.ToBase64String(Encoding.UTF8.GetBytes(value))));
                    return true;
                case "-T" or "--upload-file":
                    _upload = value;
                    return true;
                default:
                    if (Bodies.Contains(name))
                    {
                        Body(name, value);
                    }

                    return true;
            }
        }

        /// <summary><c>Name: value</c>; curl's <c>Name;</c> is one without a value, and <c>Name:</c> takes one away.</summary>
        private bool Header(string text, out string problem)
        {
            problem = "";
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 && !text.EndsWith(';'))
            {
                problem = $"'{text}' is not 'Name: value'";
                return false;
            }

            if (colon <= 0)
            {
                _headers.Add((text[..^1], ""));
            }
            else if (text[(colon + 1)..].Trim() is { Length: > 0 } value)
            {
                _headers.Add((text[..colon].Trim(), value));
            }

            return true;
        }

        private static (string Name, string? Value) Split(string word)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                return (word, null);
            }

            return word.Length > 2 ? (word[..2], IsFlag(word[..2]) ? null : word[2..]) : (word, null);
        }
    }
}
