using System.Collections.Immutable;

namespace GatewayLsp.Engine.Model;

/// <summary>ListenerSet (or its experimental forerunner XListenerSet): more listeners for a Gateway, owned by somebody else.</summary>
public sealed class ListenerSet : ObjectView
{
    internal ListenerSet(ManifestObject one) : base(one)
    {
        ParentRef = new ParentRef(Spec.Child("parentRef"), Namespace);
        Listeners = Spec.List("listeners", listener => new Listener(listener, this));
    }

    public ParentRef ParentRef { get; }

    public ImmutableArray<Listener> Listeners { get; }

    public static bool IsListenerSet(string group, string kind) =>
        (group == ApiGroups.Gateway && kind == "ListenerSet") || (group == ApiGroups.GatewayExperimental && kind == "XListenerSet");
}
