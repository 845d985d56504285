using GatewayLsp.Server.Cli.Input;

namespace GatewayLsp.Cli.Tests;

/// <summary>gitignore(5), sentence by sentence. <c>+</c> is ignored, <c>-</c> taken in again, <c>.</c> not mentioned; a slash at the end marks a folder.</summary>
public class GitIgnoreTests
{
    [Theory]
    // Names match at any depth, paths only from the folder of the ignore file.
    [InlineData("a.yaml", "a.yaml +", "b/a.yaml +", "b/a.yamlx .")]
    [InlineData("/a.yaml", "a.yaml +", "b/a.yaml .")]
    [InlineData("b/a.yaml", "b/a.yaml +", "c/b/a.yaml .")]
    [InlineData("out/", "out/ +", "b/out/ +", "out .")]
    [InlineData("b/out/", "b/out/ +", "c/b/out/ .")]
    // Wildcards stay within a name.
    [InlineData("*.yaml", "a.yaml +", "b/c.yaml +", "a.yml .", ".yaml +")]
    [InlineData("b/*.yaml", "b/a.yaml +", "b/c/a.yaml .")]
    [InlineData("a?c", "abc +", "ac .", "a/c .")]
    [InlineData("a*b*c", "aXbYc +", "abc +", "ab .", "aXbYcZ .")]
    [InlineData("[a-c]x", "bx +", "dx .")]
    [InlineData("[!a-c]x", "bx .", "dx +")]
    [InlineData("[^a]x", "ax .", "bx +")]
    [InlineData("[]]x", "]x +", "ax .")]
    [InlineData("[[:digit:]_]x", "1x +", "_x +", "ax .")]
    [InlineData("[a", "[a .", "a .")]
    [InlineData("[\\]]x", "]x +")]
    // Two stars stand for any number of folders.
    [InlineData("**/a", "a +", "b/a +", "b/c/a +", "b/ca .")]
    [InlineData("a/**", "a/b +", "a/b/c +", "a/ .", "b/a/c .")]
    [InlineData("a/**/b", "a/b +", "a/x/b +", "a/x/y/b +", "a/xb .", "ab .")]
    [InlineData("a/**/b/**/c", "a/b/c +", "a/x/b/y/z/c +", "a/c .")]
    [InlineData("a**b", "aXb +", "x/ab +", "a/b .")]
    // The last that matches counts.
    [InlineData("*.yaml\n!a.yaml", "a.yaml -", "b.yaml +")]
    [InlineData("!a.yaml\n*.yaml", "a.yaml +")]
    // Comments, escapes, blanks at the end, line breaks of Windows.
    [InlineData("# a\n\\#b\n\\!c", "# a .", "#b +", "!c +", "c .")]
    [InlineData("a   \nb\\ \n", "a +", "b  +", "b\\ .")]
    [InlineData("a\r\nb/\r\n", "a +", "b/ +")]
    [InlineData("\uFEFFa\n", "a +")]
    [InlineData("\n/\n!\n", "a .")]
    [InlineData("a\\*b", "a*b +", "axb .")]
    public void Patterns(string file, params string[] judged)
    {
        GitIgnoreFile rules = GitIgnoreFile.Parse(file);
        foreach (string one in judged)
        {
            string path = one[..^2];
            bool isFolder = path.EndsWith('/');
            char verdict = rules.Judge(path.TrimEnd('/'), isFolder) switch { true => '+', false => '-', null => '.' };
            Assert.Equal(one, path + " " + verdict);
        }
    }

    [Fact]
    public void A_blank_that_is_escaped_belongs_to_the_name() => Assert.True(GitIgnoreFile.Parse("b\\ \n").Judge("b ", false));

    [Fact]
    public void Many_stars_take_no_longer()
    {
        GitIgnoreFile rules = GitIgnoreFile.Parse(string.Concat(Enumerable.Repeat("*a", 200)) + "\n" + string.Join('/', Enumerable.Repeat("**/a", 100)));
        Assert.Null(rules.Judge(new string('a', 5000) + "b", false));
        Assert.Null(rules.Judge(string.Join('/', Enumerable.Repeat("a", 2000)) + "/b", false));
    }
}
