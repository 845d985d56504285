using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>Turns a refusal (<c>metav1.Status</c>, or whatever a proxy in between sends) into a value.</summary>
internal static partial class StatusReader
{
    private const int MaxCauses = 200;
    private const int MaxDetail = 2000;

    public static ClusterError Read(int code, TimeSpan? retryAfter, ReadOnlyMemory<byte> body, string what, Redactor redactor)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(code, retryAfter, document.RootElement, what, redactor);
        }
        catch (JsonException)
        {
            return Make(new Parts(code, "", "", "", "", []), retryAfter, what, redactor);
        }
    }

    /// <param name="code">Of the response; 0 for the error event of a watch, where the object has it.</param>
    public static ClusterError Read(int code, TimeSpan? retryAfter, JsonElement status, string what, Redactor redactor)
    {
        if (status.ValueKind != JsonValueKind.Object)
        {
            return Make(new Parts(code, "", "", "", "", []), retryAfter, what, redactor);
        }
        if (code == 0)
        {
            code = status.TryGetProperty("code", out JsonElement stated) && stated.ValueKind == JsonValueKind.Number && stated.TryGetInt32(out int number) ? number : 500;
        }
        string kind = "", name = "";
        var causes = ImmutableArray.CreateBuilder<ErrorCause>();
        if (status.TryGetProperty("details", out JsonElement details) && details.ValueKind == JsonValueKind.Object)
        {
            kind = Text(details, "kind");
            name = Text(details, "name");
            if (retryAfter is null && details.TryGetProperty("retryAfterSeconds", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number
                && seconds.TryGetInt32(out int wait) && wait > 0)
            {
                retryAfter = TimeSpan.FromSeconds(wait);
            }
            ReadCauses(details, causes, redactor);
        }
        return Make(new Parts(code, Text(status, "reason"), Text(status, "message"), kind, name, causes), retryAfter, what, redactor);
    }

    private static void ReadCauses(JsonElement details, ImmutableArray<ErrorCause>.Builder causes, Redactor redactor)
    {
        if (!details.TryGetProperty("causes", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || causes.Count == MaxCauses)
            {
                continue;
            }
            string message = redactor.Clean(Text(one, "message"));
            string reason = redactor.Clean(Text(one, "reason"), 100);
            string? owner = reason == ErrorCause.FieldManagerConflict && Quoted.Match(message) is { Success: true } match ? match.Groups[1].Value : null;
            causes.Add(new ErrorCause(redactor.Clean(Text(one, "field"), 300), reason, message, owner));
        }
    }

    private static ClusterError Make(Parts parts, TimeSpan? retryAfter, string what, Redactor redactor)
    {
        string server = redactor.Clean(parts.Message, MaxDetail);
        if (parts.Code is >= 400 and < 500 && Denied(server) is { } by)
        {
            return new ClusterError(ClusterErrorKind.AdmissionDenied, $"`{by.Name}` in the cluster refuses this: {by.Reason}")
            {
                Status = parts.Code,
                Detail = server,
                DeniedBy = by.Name,
                Causes = parts.Causes.ToImmutable(),
            };
        }
        if (parts.Code is 400 or 500 or 422)
        {
            ReadDecodingErrors(server, parts.Causes);
        }
        (ClusterErrorKind kind, string message) = Classify(parts, server, what);
        return new ClusterError(kind, message)
        {
            Status = parts.Code,
            Detail = server.Length == 0 ? null : server,
            Causes = parts.Causes.ToImmutable(),
            RetryAfter = retryAfter,
            DeniedBy = BrokenHook.Match(server) is { Success: true } hook ? hook.Groups[1].Value : null,
        };
    }

    private static (ClusterErrorKind Kind, string Message) Classify(Parts parts, string server, string what)
    {
        switch (parts.Code)
        {
            case 400 when parts.Causes.Count > 0:
            case 500 when parts.Causes.Count > 0 && parts.Causes.All(IsDecoding):
            case 422:
                return (ClusterErrorKind.Invalid, parts.Causes.Count switch
                {
                    0 => "The cluster finds the object invalid: " + server,
                    1 => "The cluster finds the object invalid: " + OneCause(parts.Causes[0]),
                    int count => $"The cluster finds the object invalid in {count} places: {OneCause(parts.Causes[0])}",
                });
            case 401:
                return (ClusterErrorKind.Unauthorized, "The cluster does not accept the credentials: they are missing, wrong, expired or revoked.");
            case 403:
                return (ClusterErrorKind.Forbidden, $"You have no right to {what}.");
            case 404 when parts.Kind.Length > 0 && parts.Name.Length > 0:
                return (ClusterErrorKind.NotFound, parts.Kind == "namespaces" && !what.Contains("Namespace `", StringComparison.Ordinal)
                    ? $"Namespace `{parts.Name}` does not exist."
                    : $"There is nothing to {what}: it does not exist.");
            case 404:
                return (ClusterErrorKind.KindNotServed, $"The cluster can't {what}: it does not serve this kind or version.");
            case 409 when parts.Reason == "AlreadyExists":
                return (ClusterErrorKind.AlreadyExists, $"There is no way to {what}: it exists already.");
            case 409 when parts.Causes.Count > 0:
                return (ClusterErrorKind.Conflict, OfConflict(parts.Causes));
            case 409:
                return (ClusterErrorKind.Conflict, "The object was changed by somebody else meanwhile.");
            case 410:
                return (ClusterErrorKind.Gone, "The cluster no longer keeps the state that was asked for.");
            case 429:
                return (ClusterErrorKind.TooManyRequests, "The cluster gets too many requests and asks to wait.");
            case 408 or 504:
                return (ClusterErrorKind.Timeout, "The cluster did not finish in time.");
            case >= 500 when BrokenHook.Match(server) is { Success: true } hook:
                return (ClusterErrorKind.Unavailable, $"The webhook `{hook.Groups[1].Value}` in the cluster does not answer, so nothing was changed.");
            case >= 500:
                return (ClusterErrorKind.Unavailable, $"The cluster answers with an error of its own (HTTP {parts.Code}).");
            case >= 300 and < 400:
                return (ClusterErrorKind.Refused, $"The address leads elsewhere (HTTP {parts.Code}): this is no API server, or a sign-in stands before it.");
            default:
                return (ClusterErrorKind.Refused, server.Length > 0
                    ? $"The cluster refuses to {what}: {server}"
                    : $"The server refuses to {what} (HTTP {parts.Code}); it may be no API server.");
        }
    }

    private static string OneCause(ErrorCause cause) => cause.Field.Length == 0 ? cause.Message : $"`{cause.Field}`: {cause.Message}";

    private static string OfConflict(ImmutableArray<ErrorCause>.Builder causes)
    {
        string owners = string.Join(", ", causes.Select(cause => cause.Owner).OfType<string>().Distinct(StringComparer.Ordinal).Select(owner => $"`{owner}`"));
        return causes.Count == 1
            ? $"The field `{causes[0].Field}` belongs to {owners}."
            : $"{causes.Count} fields belong to {owners}, the first of them `{causes[0].Field}`.";
    }

    private static bool IsDecoding(ErrorCause cause) => cause.Reason is "UnknownField" or "DuplicateField";

    /// <summary>Strict decoding and typed apply tell fields in their sentence only.</summary>
    private static void ReadDecodingErrors(string message, ImmutableArray<ErrorCause>.Builder causes)
    {
        if (causes.Count > 0)
        {
            return;
        }
        foreach (Match match in UnknownFields.Matches(message))
        {
            bool isDuplicate = match.Groups[1].Value == "duplicate";
            causes.Add(new ErrorCause(match.Groups[2].Value, isDuplicate ? "DuplicateField" : "UnknownField",
                isDuplicate ? "This field stands there twice." : "The cluster knows no such field."));
        }
        if (causes.Count == 0)
        {
            foreach (Match match in Undeclared.Matches(message))
            {
                causes.Add(new ErrorCause(match.Groups[1].Value.TrimStart('.'), "UnknownField", "The cluster knows no such field."));
            }
        }
    }

    private static (string Name, string Reason)? Denied(string message)
    {
        Match match = Webhook.Match(message);
        if (!match.Success)
        {
            match = Policy.Match(message);
        }
        return match.Success ? (match.Groups[1].Value, match.Groups[2].Value.Trim() is { Length: > 0 } reason ? reason : "it gives no reason.") : null;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed record Parts(int Code, string Reason, string Message, string Kind, string Name, ImmutableArray<ErrorCause>.Builder Causes)
    {
        public Parts(int code, string reason, string message, string kind, string name, ImmutableArray<ErrorCause> none)
            : this(code, reason, message, kind, name, none.ToBuilder())
        {
        }
    }

    [GeneratedRegex("\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex("admission webhook \"([^\"]+)\" denied the request(?: without explanation|:)?(.*)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Webhook { get; }

    [GeneratedRegex("ValidatingAdmissionPolicy '([^']+)'(?: with binding '[^']+')? denied request:?(.*)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Policy { get; }

    [GeneratedRegex("failed calling webhook \"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex BrokenHook { get; }

    [GeneratedRegex("(unknown|duplicate) field \"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownFields { get; }

    [GeneratedRegex(@"(\.[\w.\[\]=""-]+): field not declared in schema", RegexOptions.CultureInvariant)]
    private static partial Regex Undeclared { get; }
}
