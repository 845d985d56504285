using System.Text.Json;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Configuration;

/// <summary>Gets the settings from the client and puts them into force, in turn with everything else.</summary>
internal sealed class ConfigurationSync(Session session, IClient client, RequestQueue queue, DiskWorker disk)
{
    private int _lastPull;

    /// <summary>Asks the client for the section, if it can be asked. Of several questions under way the last one counts.</summary>
    public void Pull()
    {
        if (session.Client.Configuration)
        {
            _ = PullAsync(++_lastPull);
        }
    }

    /// <summary>On the queue.</summary>
    public void Apply(JsonElement section)
    {
        var before = session.Exclusion;
        session.Configure(ServerSettings.Read(section));

        // What is no longer excluded has never been read.
        if (!before.Globs.AsSpan().SequenceEqual(session.Exclusion.Globs.AsSpan()))
        {
            foreach (var folder in session.Folders)
            {
                disk.Scan(folder);
            }
        }
    }

    private async Task PullAsync(int pull)
    {
        var request = Payload.Of(new ConfigurationParams([new ConfigurationItem("gatewayLsp")]), LspJson.Default.ConfigurationParams);
        var sections = await client.RequestAsync("workspace/configuration", request, LspJson.Default.IReadOnlyListJsonElement).ConfigureAwait(false);
        if (sections is [var section, ..])
        {
            queue.Post(() =>
            {
                if (pull == _lastPull)
                {
                    Apply(section);
                }
            });
        }
    }
}
