using System.Globalization;
using System.Text;

namespace GatewayLsp.Sandbox.State;

/// <summary>Where a sandbox in a process of its own writes what it would tell on a terminal. A full disk must not stop it.</summary>
internal sealed class LogWriter(string file) : TextWriter(CultureInfo.InvariantCulture)
{
    /// <summary>Characters; what comes after is not written.</summary>
    private const int MaxLength = 1024 * 1024;

    private int _length;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => WriteLine(value.ToString());

    public override void Write(string? value) => WriteLine(value);

    public override void WriteLine(string? value)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'} {value}\n");
        if ((_length += line.Length) > MaxLength)
        {
            return;
        }
        try
        {
            File.AppendAllText(file, line);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // There is nobody left to tell.
        }
    }
}
