namespace GatewayLsp.Cli.Tests;

/// <summary>Reports go to logs that many may read: what a Secret holds is in none of them, not even to explain what is wrong with it.</summary>
public sealed class SecretValueTests : IDisposable
{
    private const string Secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: db, namespace: demo}
        type: Opaque
        stringData:
          user: PLANTEDuser
          password: 83629174
          more.of.it: |
            PLANTEDline
          list: [PLANTEDitem]
        data:
          key: PLANTED NOT BASE64!
          last: UExBTlRFRA=
          unfinished
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: two, namespace: demo}
        data: PLANTEDwhole
        ---
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Secret, metadata: {name: three}, stringData: {a: true, b: PLANTEDflow}}
        """;

    /// <summary>Values in the wrong place: without their indentation, below a misspelt field or a wrong one, or without the signs around them.</summary>
    private const string Astray = """
        apiVersion: v1
        kind: Secret
        metadata: {name: dedented}
        stringData:
        password: PLANTEDroot
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: misspelt}
        stringdata:
          password: PLANTEDone
          deep:
            nested: PLANTEDnested
        stringDate: {a: PLANTEDflow}
        spec: [PLANTEDitem]
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: within
          stringData:
            password: PLANTEDmetadata
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: lines}
        stringData:
          key: |
          PLANTEDline
        PLANTEDbare
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: unread}
        stringData:
        password PLANTEDunread
        ---
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Secret
          metadata: {name: item}
          stringData:
        password: PLANTEDlist
        """;

    private readonly CliHost _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("check", "s.yaml")]
    [InlineData("check", "s.yaml", "--format", "json")]
    [InlineData("check", "s.yaml", "--format", "sarif")]
    [InlineData("check", "s.yaml", "--format", "github")]
    [InlineData("dry-run", "s.yaml")]
    [InlineData("dry-run", "s.yaml", "--format", "json")]
    [InlineData("dry-run", "whole.yaml")]
    [InlineData("conditions", "s.yaml")]
    [InlineData("check", "astray.yaml")]
    [InlineData("check", "astray.yaml", "--format", "json")]
    [InlineData("check", "astray.yaml", "--format", "sarif")]
    [InlineData("dry-run", "astray.yaml")]
    [InlineData("dry-run", "astray.yaml", "--format", "json")]
    public void No_value_is_in_a_report(params string[] arguments)
    {
        _cli.Write("s.yaml", Secret).Write("astray.yaml", Astray).Write("whole.yaml", Secret.Replace("  unfinished\n", "", StringComparison.Ordinal));
        CliResult result = _cli.Run(arguments);
        Assert.NotEqual("", result.Out);
        foreach (string planted in (string[])["PLANTED", "83629174", "UExBTlRFRA", "NOT BASE64"])
        {
            Assert.DoesNotContain(planted, result.Out + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_wrong_with_it_is_told_all_the_same()
    {
        CliResult result = _cli.Write("s.yaml", Secret).Run("check", "s.yaml");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("`password` must be a string, not the number `***`", result.Out, StringComparison.Ordinal);
        Assert.Contains("7 |   password: ********\n", result.Out, StringComparison.Ordinal);
        CliResult astray = _cli.Write("astray.yaml", Astray).Run("check", "astray.yaml");
        Assert.Contains("5 | password: ***********\n", astray.Out, StringComparison.Ordinal);
        Assert.Contains("`stringdata`", astray.Out, StringComparison.Ordinal);
    }
}
