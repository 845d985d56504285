using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Whether somebody of a namespace may come in.</summary>
internal static class NamespaceRules
{
    public const string NameLabel = NamespaceView.NameLabel;

    public static Answer Allows(Dependencies snapshot, bool isComplete, NamespaceRule rule, string ownNamespace, string visitor) => rule.From switch
    {
        NamespaceSource.All => Answer.Yes,
        NamespaceSource.None => Answer.No,
        NamespaceSource.Same => ownNamespace == visitor ? Answer.Yes : Answer.No,
        NamespaceSource.Selector when rule.Selector is null => Answer.No,
        NamespaceSource.Selector => Selects(snapshot, isComplete, rule.Selector, visitor),
        _ => Answer.Unknown,
    };

    private static Answer Selects(Dependencies snapshot, bool isComplete, LabelSelector selector, string ns)
    {
        NamespaceView? known = snapshot.Find<NamespaceView>(new ObjectKey(ApiGroups.Core, "Namespace", "", ns));
        ImmutableDictionary<string, string> labels = known?.AllLabels ?? ImmutableDictionary<string, string>.Empty.SetItem(NameLabel, ns);
        if (selector.Matches(labels))
        {
            return selector.IsTemplated ? Answer.Unknown : Answer.Yes;
        }
        bool isCertain = !selector.IsTemplated && (known is not null ? !known.Object.Document.IsTemplate : isComplete || OnlyByName(selector));
        return isCertain ? Answer.No : Answer.Unknown;
    }

    private static bool OnlyByName(LabelSelector selector) =>
        selector.MatchLabels.Keys.All(key => key == NameLabel) && selector.MatchExpressions.All(one => one.LabelKey == NameLabel);
}
