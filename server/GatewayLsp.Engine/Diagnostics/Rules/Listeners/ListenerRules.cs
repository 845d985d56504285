using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>What rules about listeners share.</summary>
internal static class ListenerRules
{
    /// <summary>The listeners that are written in an object, as its Gateway has them; none for an object without any.</summary>
    public static ImmutableArray<ResolvedListener> Of(ObjectView view, SemanticContext context) => view switch
    {
        Gateway gateway => context.Resolver.Gateway(Resolver.KeyOf(gateway))?.Listeners ?? [],
        ListenerSet set => context.Resolver.ListenerSet(set)?.Listeners ?? [],
        _ => [],
    };

    /// <summary>How a message calls another listener: with its object when that is another one.</summary>
    public static string Name(Listener listener, Listener beside) =>
        ReferenceEquals(listener.Owner, beside.Owner) ? $"listener `{listener.Name}`" : Resolution.Conditions.Naming.Of(listener).Replace('\'', '`');
}
