using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Tests.Protocol;

public sealed class DocumentKeyTests
{
    [Theory]
    [InlineData("file:///a/b.yaml", "file:///a/b.yaml")]
    [InlineData("file:/a/b.yaml", "file:///a/b.yaml")]
    [InlineData("FILE:///a/b.yaml", "file:///a/b.yaml")]
    [InlineData("file://localhost/a/b.yaml", "file:///a/b.yaml")]
    [InlineData("file:///a/%62.yaml", "file:///a/b.yaml")]
    [InlineData("file:///a/x y.yaml", "file:///a/x%20y.yaml")]
    [InlineData("file:///a/x%20y.yaml", "file:///a/x%20y.yaml")]
    [InlineData("file:///a/%c3%a9.yaml", "file:///a/%C3%A9.yaml")]
    [InlineData("file:///a/é.yaml", "file:///a/%C3%A9.yaml")]
    [InlineData("file:///a/😀.yaml", "file:///a/%F0%9F%98%80.yaml")]
    [InlineData("file:///a/%E9.yaml", "file:///a/%E9.yaml")]
    [InlineData("file:///a/100%.yaml", "file:///a/100%25.yaml")]
    [InlineData("file:///a/%zz%4.yaml", "file:///a/%25zz%254.yaml")]
    [InlineData("file:///a/b%23c.yaml#frag", "file:///a/b%23c.yaml")]
    [InlineData("file:///a/[id]+(x)@1.yaml", "file:///a/%5Bid%5D%2B%28x%29%401.yaml")]
    [InlineData("file:///C:/a/b.yaml", "file:///c%3A/a/b.yaml")]
    [InlineData("file:///c%3A/a/b.yaml", "file:///c%3A/a/b.yaml")]
    [InlineData("file:///C%3a/a/b.yaml", "file:///c%3A/a/b.yaml")]
    [InlineData("file://Server/share/a.yaml", "file://server/share/a.yaml")]
    [InlineData("file://", "file:///")]
    [InlineData("untitled:Untitled-1", "untitled:Untitled-1")]
    [InlineData("vscode-vfs://github/o/r/a%20b.yaml", "vscode-vfs://github/o/r/a%20b.yaml")]
    [InlineData("no uri at all", "no uri at all")]
    [InlineData("", "")]
    public void Spellings_of_one_file_have_one_key(string uri, string key)
    {
        Assert.Equal(key, DocumentKey.Of(uri));
        Assert.Equal(key, DocumentKey.Of(key));
    }

    [Theory]
    [InlineData("/a/b.yaml")]
    [InlineData("/a b/é 漢 😀/100%.yaml")]
    [InlineData("/a/#?&[x].yaml")]
    public void Paths_go_there_and_back(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(path, DocumentKey.ToPath(DocumentKey.FromPath(path)));
        }
    }

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("vscode-vfs://github/o/r/a.yaml")]
    [InlineData("file:///a%00b.yaml")]
    [InlineData("")]
    public void What_is_no_file_here_has_no_path(string uri) => Assert.Null(DocumentKey.ToPath(DocumentKey.Of(uri)));
}
