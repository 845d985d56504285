using System.ComponentModel;
using System.Diagnostics;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>
/// Runs a credential plugin once. Its stdin is at its end from the start (ours carries the editor's messages), its output is
/// bounded, and when its time is over it dies with everything that it started.
/// </summary>
internal sealed class PluginRunner(CommandFinder finder, TimeSpan limit, Redactor redactor)
{
    private const int MaxOutput = 1 << 20;
    private const int MaxErrors = 16 << 10;
    private const int ShownErrors = 600;

    /// <summary>Something that the plugin left running may hold on to its stdout.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    public async Task<Answered<Credential>> RunAsync(ExecPlugin plugin, KubeCluster cluster, string? authority, CancellationToken cancellation)
    {
        string name = redactor.Clean(plugin.Command, 100);
        if (!ExecCredentialFormat.IsSupported(plugin.ApiVersion))
        {
            return new ClusterError(ClusterErrorKind.BadKubeconfig, plugin.ApiVersion.Length == 0
                ? $"The credential plugin `{name}` has no `apiVersion` in the kubeconfig."
                : $"The kubeconfig asks the credential plugin `{name}` for a version that no current client supports; `client.authentication.k8s.io/v1` is meant for all.");
        }
        if (plugin.InteractiveMode == "Always")
        {
            return new ClusterError(ClusterErrorKind.PluginFailed, $"The credential plugin `{name}` asks questions on a terminal, and there is none here.");
        }
        if (finder.Find(plugin.Command, plugin.BaseFolder) is not { } file)
        {
            return Missing(plugin, name);
        }
        try
        {
            using Process process = Start(plugin, file, ExecCredentialFormat.Info(plugin, cluster, authority));
            return await FinishAsync(process, plugin, name, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            return new ClusterError(ClusterErrorKind.PluginFailed, $"The credential plugin `{name}` can't be started.") { Hint = redactor.Clean(file, 300) };
        }
    }

    private Process Start(ExecPlugin plugin, string file, string info)
    {
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in plugin.Arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["PATH"] = finder.SearchPath;
        foreach ((string variable, string value) in plugin.Environment)
        {
            start.Environment[variable] = value;
        }
        start.Environment["KUBERNETES_EXEC_INFO"] = info;
        Process process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before.
        }
        return process;
    }

    private async Task<Answered<Credential>> FinishAsync(Process process, ExecPlugin plugin, string name, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        var output = new BoundedPipe(process.StandardOutput.BaseStream, MaxOutput);
        var errors = new BoundedPipe(process.StandardError.BaseStream, MaxErrors, keepsReading: true);
        Task reading = output.ReadAsync(stop.Token);
        Task listening = errors.ReadAsync(stop.Token);
        try
        {
            // A flood ends at once instead of at its end.
            await Task.WhenAny(process.WaitForExitAsync(stop.Token), output.Overflowed).ConfigureAwait(false);
            if (output.HasOverflowed)
            {
                return new ClusterError(ClusterErrorKind.PluginFailed, $"The credential plugin `{name}` printed more than {MaxOutput >> 20} MB.");
            }
            stop.Token.ThrowIfCancellationRequested();
            await Task.WhenAny(Task.WhenAll(reading, listening), Task.Delay(Drain, stop.Token)).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                return Failed(name, process.ExitCode, errors);
            }
            (Credential? credential, string? failure) = ExecCredentialFormat.Read(output.Content, plugin.ApiVersion, redactor);
            return credential is not null
                ? credential
                : new ClusterError(ClusterErrorKind.PluginFailed, $"The credential plugin `{name}` gave no credential. {failure}") { Hint = Errors(errors) };
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new ClusterError(ClusterErrorKind.PluginTimeout, $"The credential plugin `{name}` did not end within {limit.TotalSeconds:0} seconds.")
            {
                Hint = Errors(errors),
            };
        }
        finally
        {
            Kill(process);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private ClusterError Failed(string name, int exitCode, BoundedPipe errors) =>
        new(ClusterErrorKind.PluginFailed, $"The credential plugin `{name}` failed with exit code {exitCode}.") { Hint = Errors(errors) };

    private ClusterError Missing(ExecPlugin plugin, string name)
    {
        string hint = plugin.InstallHint is null ? "" : redactor.Clean(plugin.InstallHint, 600) + "\n";
        return new ClusterError(ClusterErrorKind.PluginMissing, $"The credential plugin `{name}` was not found or is not executable.")
        {
            Hint = hint + "PATH that was searched: " + redactor.Clean(finder.SearchPath, 1500),
        };
    }

    private string? Errors(BoundedPipe errors)
    {
        string text = redactor.Clean(System.Text.Encoding.UTF8.GetString(errors.Content.Span), MaxErrors);
        return text.Length == 0 ? null : text.Length <= ShownErrors ? text : "…" + text[^ShownErrors..];
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It ended in the same moment.
        }
    }
}
