using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Kubernetes.Credentials;

namespace GatewayLsp.Server.Deploying;

/// <summary>What a kustomization comes to.</summary>
/// <param name="Text">Null when it can't be rendered.</param>
/// <param name="Reason">Why not, for the user.</param>
internal sealed record Rendering(string? Text, string? Reason = null);

/// <summary>Has kubectl render a kustomization. Runs in trusted workspaces only: bases may be fetched from elsewhere.</summary>
internal static class Kustomize
{
    private const int MaxOutput = 64 * 1024 * 1024;
    private const int MaxReason = 400;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// By kubectl where there is one, which reads the files on disk; else by the engine, where that makes exactly the same.
    /// </summary>
    /// <param name="folder">On disk; null for files that are not.</param>
    /// <param name="variable">Reads the environment.</param>
    public static async Task<Rendering> RenderAsync(KustomizeScope scope, string? folder, Func<string, string?> variable, CancellationToken cancellation)
    {
        if (folder is not null && Find(variable) is { } kubectl)
        {
            return await RunAsync(kubectl, folder, cancellation).ConfigureAwait(false);
        }
        return scope.Build(out string reason) is { } text ? new Rendering(text)
            : new Rendering(null, $"This kustomization has to be rendered by kubectl, and there is none on the PATH: {reason}.");
    }

    public static bool HasKubectl(Func<string, string?> variable) => Find(variable) is not null;

    private static async Task<Rendering> RunAsync(string kubectl, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(kubectl)
        {
            ArgumentList = { "kustomize", "--", folder },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        using Process? process = Start(start);
        if (process is null)
        {
            return new Rendering(null, $"`{kubectl}` can't be run.");
        }
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            Task<string> errors = ReadAsync(process.StandardError, MaxReason, limit.Token);
            string output = await ReadAsync(process.StandardOutput, MaxOutput, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            string reason = (await errors.ConfigureAwait(false)).Trim();
            return process.ExitCode == 0 && output.Length < MaxOutput ? new Rendering(output)
                : new Rendering(null, output.Length >= MaxOutput ? "kubectl kustomize printed more than 64 MB."
                    : reason.Length > 0 ? $"kubectl kustomize: {new Redactor().Clean(reason)}" : "kubectl kustomize failed.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new Rendering(null, "kubectl kustomize took more than a minute.");
        }
    }

    /// <summary>Only in absolute folders of the PATH: a program that lies in the workspace must not be taken for it.</summary>
    private static string? Find(Func<string, string?> variable)
    {
        string name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        return (variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The text up to a number of characters; what is beyond is read and dropped, so that the process can end.</summary>
    private static async Task<string> ReadAsync(StreamReader reader, int most, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        char[] buffer = new char[8192];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            text.Append(buffer, 0, Math.Min(read, most - text.Length));
        }
        return text.ToString();
    }
}
