using System.Diagnostics;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Testing;

namespace GatewayLsp.Kubernetes.Tests.Credentials;

/// <summary>What others wrote is shown without secrets, and legible.</summary>
public class RedactorTests
{
    [Theory]
    [InlineData("Bearer abcdef123456 was refused", "Bearer [hidden] was refused")]
    [InlineData("token: abc123def", "token: [hidden]")]
    [InlineData("{\"password\":\"hunter22\",\"a\":1}", "{\"password\":\"[hidden]\",\"a\":1}")]
    [InlineData("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", "AWS_SECRET_ACCESS_KEY=[hidden]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE is inactive", "key [hidden] is inactive")]
    [InlineData("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl end", "jwt [hidden] end")]
    [InlineData("got k8s-aws-v1.aHR0cHM6Ly9zdHM end", "got [hidden] end")]
    [InlineData("got ya29.a0AfH6SMBx end", "got [hidden] end")]
    [InlineData("https://me:pass@proxy.example/x", "https://[hidden]@proxy.example/x")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- end", "[hidden] end")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabc", "[hidden]")]
    [InlineData("value qW3rTy7uIoP1aSdFgHjKlZxCvBnM0987654321aB end", "value [hidden] end")]
    [InlineData("a\u001b[31mred\u0000", "a [31mred")]
    [InlineData("secrets \"tls\" not found", "secrets \"tls\" not found")]
    [InlineData("httproutes.gateway.networking.k8s.io is forbidden: User \"arn:aws:sts::111122223333:assumed-role/admin/tester\" cannot list", "httproutes.gateway.networking.k8s.io is forbidden: User \"arn:aws:sts::111122223333:assumed-role/admin/tester\" cannot list")]
    [InlineData("/home/User1/google-cloud-sdk/bin:/usr/local/share/ALongFolderName2/bin", "/home/User1/google-cloud-sdk/bin:/usr/local/share/ALongFolderName2/bin")]
    public void Table(string text, string expected) => Assert.Equal(expected, new Redactor().Clean(text));

    [Fact]
    public void What_holds_for_logs_and_reports_holds_for_messages() => RedactionTable.Check(text => new Redactor().Clean(text));

    [Fact]
    public void Known_values_are_hidden_wherever_they_stand()
    {
        var redactor = new Redactor();
        redactor.Learn("plain-word\n");
        redactor.Learn("abc");
        Assert.Equal("x[hidden]y abc", redactor.Clean("xplain-wordy abc"));
    }

    [Fact]
    public void Long_text_is_cut() => Assert.Equal("aaaaa…", new Redactor().Clean(new string('a', 100_000), 5));

    [Theory]
    [InlineData("x")]
    [InlineData("token")]
    [InlineData("a1B")]
    [InlineData("-----BEGIN A-----")]
    [InlineData("eyJ")]
    [InlineData("a://")]
    [InlineData("\" ")]
    [InlineData("--")]
    [InlineData("\\")]
    [InlineData("token=\\\"")]
    [InlineData("authorization: ")]
    [InlineData("TOKEN_A")]
    public void Hostile_text_costs_little(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        var watch = Stopwatch.StartNew();
        new Redactor().Clean(text, 16_384);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
    }
}
