namespace GatewayLsp.Cli.Tests;

/// <summary>What the system says of a file is said in words, with the file, and never as the key of a text.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly CliHost _cli = new();

    [Fact]
    public void A_folder_that_can_not_be_made_is_told_with_the_reason()
    {
        _cli.Write("taken", "");
        CliResult schema = _cli.Run("schema", "export", "--out", "taken/below");
        Assert.Equal(2, schema.ExitCode);
        Assert.Matches("^error: taken/below: can't be written: [A-Z][a-z]+ .*taken", schema.Error);
    }

    [Fact]
    public void A_file_that_can_not_be_written_is_told_with_the_reason()
    {
        _cli.Write("a.yaml", "a: b\n");
        CliResult topology = _cli.Run("topology", "a.yaml", "--out", "nowhere/graph.mmd");
        Assert.Equal(2, topology.ExitCode);
        Assert.Contains("error: nowhere/graph.mmd: can't be written: Could not find a part of the path '", topology.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "folder"));
        Assert.Matches("error: folder: can't be written: [A-Z][a-z]+ .*folder", _cli.Run("topology", "a.yaml", "--out", "folder").Error);
    }

    /// <summary>Another program of this kind has the file for itself.</summary>
    [Fact]
    public void A_file_in_use_is_told_with_the_reason()
    {
        _cli.Write("a.yaml", "a: b\n");
        using var taken = new FileStream(Path.Combine(_cli.Folder, "a.yaml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        CliResult check = _cli.Run("check", "a.yaml");
        Assert.Equal(2, check.ExitCode);
        Assert.Matches("^error: a.yaml: can't be read: [A-Z][a-z]+ .* another process", check.Error);
    }

    [Fact]
    public void A_kubeconfig_that_is_not_there_is_told()
    {
        CliResult contexts = _cli.Run("contexts", "--kubeconfig", "none");
        Assert.Equal(2, contexts.ExitCode);
        Assert.Matches("^error: .*none", contexts.Error);
        Assert.DoesNotMatch("[A-Za-z]+_[A-Z]", contexts.Error);
    }

    public void Dispose() => _cli.Dispose();
}
