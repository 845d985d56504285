using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Deploying;

/// <summary>Has kubectl render a kustomization. Runs in trusted workspaces only: bases may be fetched from elsewhere.</summary>
internal static class Kustomize
{
    private const int MaxOutput = 64 * 1024 * 1024;
    private const int MaxReason = 400;
    private const string Missing = "A kustomization is rendered by kubectl, and there is none on the PATH that can be run.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <exception cref="RpcErrorException">There is no kubectl, or it refused.</exception>
    public static async Task<string> RenderAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Find())
        {
            ArgumentList = { "kustomize", "--", folder },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        using Process process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            Task<string> errors = ReadAsync(process.StandardError, MaxReason, limit.Token);
            string output = await ReadAsync(process.StandardOutput, MaxOutput, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            string reason = (await errors.ConfigureAwait(false)).Trim();
            return process.ExitCode == 0 && output.Length < MaxOutput ? output
                : throw new RpcErrorException(ErrorCode.RequestFailed, reason.Length > 0 ? $"kubectl kustomize: {reason}" : "kubectl kustomize failed.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new RpcErrorException(ErrorCode.RequestFailed, "kubectl kustomize took more than a minute.");
        }
    }

    /// <summary>Only in absolute folders of the PATH: a program that lies in the workspace must not be taken for it.</summary>
    private static string Find()
    {
        string name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new RpcErrorException(ErrorCode.RequestFailed, Missing);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, Missing);
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
