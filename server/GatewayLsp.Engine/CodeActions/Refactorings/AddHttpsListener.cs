using System.Globalization;
using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>
/// An HTTPS listener beside an HTTP one. The Secret itself is left to <c>kubectl</c>: key material has no place in a manifest,
/// and the API server takes no Secret of the TLS type without any.
/// </summary>
internal sealed class AddHttpsListener : IRefactoring
{
    private const int HttpsPort = 443;
    private const int OtherHttpsPort = 8443;
    private const int MaxListeners = 64;

    /// <summary>With one of these on a Gateway, cert-manager makes the Secrets that its listeners name.</summary>
    private static readonly string[] IssuerAnnotations = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"];

    public string Kind => "refactor.rewrite.gatewayLsp.tls";

    public RefactoringDoc Doc { get; } = new(
        "Add TLS to a Gateway",
        "At the head of a Gateway with an HTTP listener, or at that listener, while no HTTPS listener serves its hostname.",
        """
        Adds a copy of the listener with the protocol `HTTPS` on port 443 (8443 where HTTP is on 8080) and a reference to a certificate. Where the
        workspace has exactly one Secret of type `kubernetes.io/tls` in the Gateway's namespace, that is it; else a comment says how to make one with
        `kubectl`, or, where the Gateway is annotated with an issuer, that cert-manager does. A Secret is not written: the API server refuses one without a key, and a key does not belong in a manifest.
        Routes that name no `sectionName` are attached to both listeners.
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
        spec:
          gatewayClassName: istio
          listeners:
          - name: http$0
            hostname: shop.example.com
            port: 80
            protocol: HTTP

        """);

    public IEnumerable<RefactoringOffer> At(RefactoringPlace place)
    {
        if (place.View is not Gateway gateway || gateway.Listeners.Length >= MaxListeners || ListenerAt(place, gateway) is not { } http
            || gateway.Listeners.Any(other => other.IsTemplated || (other.Protocol == "HTTPS" && other.Hostname == http.Hostname)))
        {
            yield break;
        }
        int port = PortBeside(gateway, http);
        string hostname = http.Hostname is { } name ? $" for {name}" : "";
        yield return new RefactoringOffer($"Add an HTTPS listener{hostname} on port {port.ToString(CultureInfo.InvariantCulture)}", draft => Add(draft, place, gateway, http, port));
    }

    private static Listener? ListenerAt(RefactoringPlace place, Gateway gateway)
    {
        if (place.ListenerNode is null && !place.IsAtHead)
        {
            return null;
        }
        foreach (Listener listener in gateway.Listeners)
        {
            if (listener is { Protocol: "HTTP", IsTemplated: false, Name.Length: > 0, Port: not null } && (place.ListenerNode is null || ReferenceEquals(place.ListenerNode, listener.Node)))
            {
                return place.IsPlain(listener.Node) ? listener : null;
            }
        }
        return null;
    }

    /// <summary>443, or 8443 where HTTP has 8080 or something else has 443.</summary>
    private static int PortBeside(Gateway gateway, Listener http)
    {
        bool isTaken = gateway.Listeners.Any(other => other.Port == HttpsPort && other.Protocol is not ("HTTPS" or "TLS"));
        return http.Port == 8080 || isTaken ? OtherHttpsPort : HttpsPort;
    }

    private static bool Add(RefactoringDraft draft, RefactoringPlace place, Gateway gateway, Listener http, int port)
    {
        if (draft.ItemOf(http.Node) is not { } original || Copies.Of(original.Item) is not { Value: EditMapping listener } copy)
        {
            return false;
        }
        string name = http.Name.Contains("http", StringComparison.Ordinal) ? http.Name.Replace("http", "https", StringComparison.Ordinal) : http.Name + "-https";
        RefactoringDraft.Set(listener, "name", RefactoringPlace.Free(name, taken => gateway.Listeners.Any(other => other.Name == taken)));
        RefactoringDraft.SetNumber(listener, "port", port);
        RefactoringDraft.Set(listener, "protocol", "HTTPS");
        Secret[] known = [.. place.Workspace.Resolver.All<Secret>(ApiGroups.Core, "Secret").Where(secret => secret.Namespace == gateway.Namespace && secret.Type == Secret.TlsType).Take(2)];
        string secretName = known is [var only] ? only.Name : gateway.Name + "-tls";
        EditScalar secret = known is [_] ? Edits.Scalar(secretName) : ReleaseNames.Guess(secretName);
        EditEntry tls = EditEntry.New("tls", Edits.Map(("mode", Edits.Scalar("Terminate")), ("certificateRefs", Edits.List(Edits.Map(("name", secret))))));
        if (known is not [_] && !listener.IsFlow)
        {
            tls.Above.Add(Advice(gateway, http, secretName));
        }
        if (listener.Find("tls") is not null)
        {
            return false;
        }
        RefactoringDraft.Put(listener, tls, "protocol");
        draft.Insert(original.List, original.Item, copy);
        return true;
    }

    /// <summary>Who makes the Secret. cert-manager passes over listeners without a hostname.</summary>
    private static string Advice(Gateway gateway, Listener http, string secretName) =>
        IssuerAnnotations.Any(name => gateway.Object.At("metadata", "annotations", name) is not null)
            ? $"# cert-manager makes the Secret {secretName}{(http.Hostname is null ? " once this listener has a hostname" : "")}"
            : $"# kubectl create secret tls {secretName} --namespace {gateway.Namespace} --cert=tls.crt --key=tls.key";
}
