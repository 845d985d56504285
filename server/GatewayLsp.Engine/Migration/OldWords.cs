using System.Buffers;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration;

/// <summary>
/// A quick look at a text: without any of these words nothing in it is old. Nearly all documents end here, on every keystroke,
/// so it must cost next to nothing; what has one of them by chance is looked at in full.
/// </summary>
internal static class OldWords
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
    [
        "forwardTo", "serviceName", "servicePort", "targetRef:", "mirror:", "mirror\"", "gateways", "gatewayRef", "gateway:", "parentRef:", "routes:", "\"routes\"", "routeOverride",
        "certificateRef:", "credentialName", "secretName", "httpsRedirect", "controller:", "scope:", "class:", "className", "gatewayClass:", "host:", "hosts:", "match:", "action:",
        "backend:", "backends:", "service:", "filter:", "header:", "queryParam:", "path: /", "path: \"/", "path: '/", "prefix:", "exact:", "type: Prefix", "type: prefix", "type: 'Prefix", "\"Prefix", "regex", "Regex", "ImplementationSpecific", "ExactPath", "pathType", "extensionRef", 
        "substitution", "requestRedirect", "mode: t", "mode: p", "mode: s", "Edge", "SIMPLE", "MUTUAL", "PASSTHROUGH", "networking.x-k8s.io", "group: core", "group: v1", "\"core\"", "kind: s", "v1alpha", "ReferencePolicy", "snis", "tls:", "BackendPolicy", "backendTLS", "frontendValidation", "caCertRefs", "certRefs", "wellKnownCACerts",
        "\"forwardTo", "\"match\"", "\"host", "\"path\"", "\"headers\"", "\"mode\"", "\"targetRef\"", "\"parentRef\"", "\"service\"", "\"backend", "\"*\"", "'*'", "hostname: {", "hostname:\n", "addresses",
    ], StringComparison.Ordinal);

    private static readonly SearchValues<string> Mirrors = SearchValues.Create(["requestMirror", "backendRef:"], StringComparison.Ordinal);

    /// <summary>Lists of today that were maps once.</summary>
    private static readonly string[] Lists = ["headers:", "queryParams:", "add:", "set:"];

    public static bool MayHold(ManifestDocument document) => document.Text.AsSpan().ContainsAny(Words) || MayHoldOldMirror(document.Text) || Array.Exists(Lists, list => HasMap(document.Text, list));

    /// <summary>A single <c>backendRef</c> is of today in a mirror, which has nothing else in front of it; anywhere else it is old.</summary>
    private static bool MayHoldOldMirror(ReadOnlySpan<char> text)
    {
        const string Mirror = "requestMirror";
        const string Backend = "backendRef:";
        for (int at = text.IndexOfAny(Mirrors); at >= 0; at = text.IndexOfAny(Mirrors))
        {
            text = text[at..];
            if (!text.StartsWith(Mirror + ":", StringComparison.Ordinal))
            {
                return true;
            }
            text = text[(Mirror.Length + 1)..].TrimStart();
            if (!text.StartsWith(Backend, StringComparison.Ordinal))
            {
                return true;
            }
            text = text[Backend.Length..];
        }
        return false;
    }

    private static bool HasMap(ReadOnlySpan<char> text, string key)
    {
        for (int at = text.IndexOf(key, StringComparison.Ordinal); at >= 0;)
        {
            text = text[(at + key.Length)..].TrimStart();
            if (!text.IsEmpty && text[0] is not ('-' or '['))
            {
                return true;
            }
            at = text.IndexOf(key, StringComparison.Ordinal);
        }
        return false;
    }
}
