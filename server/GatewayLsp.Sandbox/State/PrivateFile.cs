namespace GatewayLsp.Sandbox.State;

/// <summary>Files with tokens, keys and Secrets in them.</summary>
internal static class PrivateFile
{
    /// <summary>Complete or not at all, and for the user's eyes only.</summary>
    public static void Write(string file, byte[] content)
    {
        using (FileStream stream = Open(NextOf(file)))
        {
            stream.Write(content);
        }
        File.Move(NextOf(file), file, overwrite: true);
    }

    /// <summary>Throws what a write would throw, and leaves nothing behind.</summary>
    public static void CheckWritable(string file)
    {
        // A name of its own: another process may be writing the file right now.
        string probe = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}");
        Open(probe).Dispose();
        File.Delete(probe);
    }

    private static string NextOf(string file) => file + ".new";

    private static FileStream Open(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(file, options);
    }
}
