namespace GatewayLsp.Sandbox.State;

/// <summary>
/// A file that one process at a time holds. It stays when it is let go: whoever opened it before it was deleted would hold a file
/// that nobody else sees.
/// </summary>
internal static class LockFile
{
    /// <summary>What the system says of a file that somebody else holds: EWOULDBLOCK of Linux and of macOS, a sharing violation of Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Null while another process holds it; throws when it can't be made.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException problem) when (Array.IndexOf(Held, problem.HResult) >= 0)
        {
            return null;
        }
    }
}
