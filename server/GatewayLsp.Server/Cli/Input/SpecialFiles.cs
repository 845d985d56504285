namespace GatewayLsp.Server.Cli.Input;

/// <summary>Pipes, devices and sockets that stand where a file is expected: reading one may never end, or never begin.</summary>
internal static class SpecialFiles
{
    /// <summary>Opening a pipe waits until somebody writes to it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static bool IsSpecial(string path)
    {
        // None of them has a length; that spares all others the rest.
        if (OperatingSystem.IsWindows() || LengthOf(path) != 0)
        {
            return false;
        }
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return true;
        }
        // A thread of its own: in a busy process the pool may take longer than our patience to begin at all.
        Task<bool> opening = Task.Factory.StartNew(() => CanSeek(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return !opening.Wait(Patience) || !opening.Result;
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    /// <summary>True also where it can't be opened: whoever reads it says why.</summary>
    private static bool CanSeek(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
