using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Lifecycle;

/// <summary><c>initialized</c>: from here on the client may be asked things, and the workspace is read in the background.</summary>
internal sealed class InitializedHandler(Session session, IClient client, ConfigurationSync configuration, DiskWorker disk) : IMutatingHandler<NoParams>
{
    /// <summary>LSP's WatchKind.Delete: folders go without a word about their files.</summary>
    private const int WatchDelete = 4;

    public void Handle(NoParams parameters)
    {
        session.IsInitialized = true;
        var registrations = new List<Registration>();
        if (session.Client.RegistersFileWatchers)
        {
            registrations.Add(new Registration(
                "watch", "workspace/didChangeWatchedFiles", new WatchedFilesOptions([new FileWatcher("**/*.{yaml,yml}"), new FileWatcher("**", WatchDelete), new FileWatcher("**/Kustomization")])));
        }

        if (session.Client.RegistersConfigurationChanges)
        {
            registrations.Add(new Registration("configuration", "workspace/didChangeConfiguration"));
        }

        if (registrations.Count > 0)
        {
            _ = client.RequestAsync(
                "client/registerCapability",
                Payload.Of(new RegistrationParams(registrations), LspJson.Default.RegistrationParams),
                LspJson.Default.JsonElement);
        }

        configuration.Pull();
        foreach (var folder in session.Folders)
        {
            disk.Scan(folder);
        }
    }
}
