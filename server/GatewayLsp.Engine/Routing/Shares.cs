namespace GatewayLsp.Engine.Routing;

/// <summary>Sentences about who gets what share.</summary>
internal static class Shares
{
    /// <param name="of">What is shared: requests, connections.</param>
    public static void Tell(List<string> why, BackendTarget target, Share share, int count, string of)
    {
        string amount = share == Share.All && count == 1 ? $"all {of}" : share.IsNone ? $"no {of} (weight 0)" : $"{share.Percent} of the {of}";
        why.Add(target.State switch
        {
            BackendState.Invalid => $"{target} would get {amount}, but {target.Explanation} ({target.Problem}): these fail.",
            BackendState.Unknown => $"{target} gets {amount}; {target.Explanation ?? "it is not in these manifests, so whether it exists is not known"}.",
            _ => $"{target} gets {amount}{(target.ServerName is { } name ? $", over TLS with server name {name}" : "")}{(target.Explanation is { } how ? $": {how}" : "")}.",
        });
    }
}
