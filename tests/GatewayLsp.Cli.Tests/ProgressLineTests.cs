using GatewayLsp.Server.Cli.Check;

namespace GatewayLsp.Cli.Tests;

/// <summary>The line on stderr while a long run goes on.</summary>
public class ProgressLineTests
{
    [Fact]
    public void A_long_run_shows_how_far_it_is_and_leaves_nothing()
    {
        using var error = new StringWriter();
        var line = new ProgressLine(error, TimeSpan.Zero);
        line.Tell(1, 3);
        line.Clear();
        const string shown = "checking 1 of 3 files";
        Assert.Equal("\r" + shown + "\r" + new string(' ', shown.Length) + "\r", error.ToString());
    }

    [Fact]
    public void A_short_run_shows_nothing()
    {
        using var error = new StringWriter();
        var line = new ProgressLine(error, TimeSpan.FromMinutes(1));
        line.Tell(1, 3);
        line.Clear();
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void Pipes_get_no_progress()
    {
        using var cli = new CliHost();
        Assert.Equal("", cli.Write("a.yaml", "").Run("check", ".").Error);
    }
}
