namespace GatewayLsp.Sandbox.State;

/// <summary>Files with tokens, keys and Secrets in them.</summary>
internal static class PrivateFile
{
    /// <summary>Complete or not at all, and for the user's eyes only.</summary>
    public static void Write(string file, byte[] content)
    {
        string next = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var stream = new FileStream(next, options))
        {
            stream.Write(content);
        }
        File.Move(next, file, overwrite: true);
    }
}
