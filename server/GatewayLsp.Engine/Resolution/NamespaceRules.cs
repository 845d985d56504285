using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Whether somebody of a namespace may come in.</summary>
internal static class NamespaceRules
{
    /// <summary>The label that every namespace has, with its name.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    public static Verdict Allows(Dependencies snapshot, bool isComplete, NamespaceRule rule, string ownNamespace, string visitor) => rule.From switch
    {
        NamespaceSource.All => Verdict.Yes,
        NamespaceSource.None => Verdict.No,
        NamespaceSource.Same => ownNamespace == visitor ? Verdict.Yes : Verdict.No,
        NamespaceSource.Selector when rule.Selector is null => Verdict.No,
        NamespaceSource.Selector => Selects(snapshot, isComplete, rule.Selector, visitor),
        _ => Verdict.Unknown,
    };

    private static Verdict Selects(Dependencies snapshot, bool isComplete, LabelSelector selector, string ns)
    {
        NamespaceView? known = snapshot.Find<NamespaceView>(new ObjectKey(ApiGroups.Core, "Namespace", "", ns));
        ImmutableDictionary<string, string> labels = (known?.Labels ?? ImmutableDictionary<string, string>.Empty).SetItem(NameLabel, ns);
        if (selector.Matches(labels))
        {
            return selector.IsTemplated ? Verdict.Unknown : Verdict.Yes;
        }
        bool isCertain = !selector.IsTemplated && (known is not null ? !known.Object.Document.IsTemplate : isComplete || OnlyByName(selector));
        return isCertain ? Verdict.No : Verdict.Unknown;
    }

    private static bool OnlyByName(LabelSelector selector) =>
        selector.MatchLabels.Keys.All(key => key == NameLabel) && selector.MatchExpressions.All(one => one.LabelKey == NameLabel);
}
