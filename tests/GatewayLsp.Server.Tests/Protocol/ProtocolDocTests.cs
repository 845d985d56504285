namespace GatewayLsp.Server.Tests.Protocol;

public sealed class ProtocolDocTests
{
    [Fact]
    public void Every_method_of_the_table_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository(), "server", "docs", "protocol.md"));
        var parts = new ServerParts(new Session(), null!, null!, null!, null!, null!, null!, null!, null!, null!, null!, () => { });
        var methods = MethodTable.All(parts).Select(m => m.Name).Except(["initialize", "initialized", "shutdown"]).ToList();
        Assert.True(methods.Count > 15);
        Assert.DoesNotContain(methods, m => !page.Contains($"`{m}`", StringComparison.Ordinal) && !page.Contains($"`{m[(m.LastIndexOf('/') + 1)..]}`", StringComparison.Ordinal));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "server", "docs")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("server/docs");
        }

        return folder.FullName;
    }
}
