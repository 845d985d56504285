using System.Globalization;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Where a redirect leads to, as a RequestRedirect can say it; what is null stays as the request has it.</summary>
internal sealed record RedirectTarget(string? Scheme, string? Host, int? Port, string? Path, bool DropsQuery)
{
    private const string Rest = "$request_uri";

    /// <summary>Null for a target that holds more than a RequestRedirect can say.</summary>
    public static RedirectTarget? Parse(string target)
    {
        bool keepsPath = target.EndsWith(Rest, StringComparison.Ordinal);
        string text = keepsPath ? target[..^Rest.Length] : target;
        if (text.Contains('$') || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || (keepsPath && uri.AbsolutePath != "/"))
        {
            return text.StartsWith('/') && !text.Contains('$') && !text.Contains('?') ? new RedirectTarget(null, null, null, text, DropsQuery: true) : null;
        }
        return new RedirectTarget(uri.Scheme, uri.Host, uri.IsDefaultPort ? null : uri.Port, keepsPath ? null : uri.AbsolutePath, !keepsPath);
    }

    public JsonValue ToFilter(int statusCode) => Json.Filter("RequestRedirect", "requestRedirect", Json.Map(
        ("scheme", Json.Text(Scheme)),
        ("hostname", Json.Text(Host)),
        ("path", Path is null ? null : Json.Map(("type", JsonValue.Of("ReplaceFullPath")), ("replaceFullPath", JsonValue.Of(Path)))),
        ("port", Port is { } port ? JsonValue.Of(port) : null),
        ("statusCode", JsonValue.Of(statusCode))));

    public static int StatusOf(string? code) => code switch
    {
        "HTTP_302" or "302" => 302,
        _ => int.TryParse(code?.Replace("HTTP_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is 303 or 307 or 308 ? number : 301,
    };
}
