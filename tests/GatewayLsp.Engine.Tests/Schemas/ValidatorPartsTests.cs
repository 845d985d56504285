using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Schemas;

/// <summary>Patterns, formats and near names, each by itself.</summary>
public sealed class ValidatorPartsTests
{
    [Theory]
    [InlineData(@"^a$", "a\n", false)]
    [InlineData(@"^\d+$", "٣", false)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^[\w.]+$", "a_1.b", true)]
    [InlineData(@"^a\sb$", "a\u00a0b", false)]
    [InlineData(@"^[[:alpha:]]+$", "ab", true)]
    [InlineData(@"^[[:alpha:]]+$", "a1", false)]
    [InlineData(@"^[a-z-[b]+$", "-[b", true)]
    [InlineData(@"^[]a]+$", "a]", true)]
    [InlineData(@"^[^]a]+$", "b", true)]
    [InlineData(@"^[$&]+$", "$&", true)]
    [InlineData(@"^\Qa.b\E$", "a.b", true)]
    [InlineData(@"^\Qa.b\E$", "axb", false)]
    [InlineData(@"^(?P<x>a)$", "a", true)]
    [InlineData(@"^\x{41}\pL$", "Ab", true)]
    [InlineData(@"(?i)^abc$", "ABC", true)]
    [InlineData(@"^\D\S\W$", "ab-", true)]
    [InlineData(@"^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    [InlineData(@"^(?=a)", "b", true)]
    [InlineData(@"^a|b$", "xb", true)]
    public void PatternsMeanWhatTheServerUnderstands(string pattern, string text, bool matches) =>
        Assert.Equal(matches, PatternMatcher.Of(pattern).IsMatch(text));

    [Theory]
    [InlineData("ipv4", "10.0.0.1", true)]
    [InlineData("ipv4", "10.0.1", false)]
    [InlineData("ipv4", "10.0.0.256", false)]
    [InlineData("ipv4", "010.0.0.1", true)]
    [InlineData("ipv4", "::1", false)]
    [InlineData("ipv6", "fd00::1", true)]
    [InlineData("ipv6", "fe80::1%eth0", false)]
    [InlineData("ipv6", "[::1]", false)]
    [InlineData("cidr", "10.0.0.0/8", true)]
    [InlineData("cidr", "10.0.0.0/33", false)]
    [InlineData("cidr", "fd00::/64", true)]
    [InlineData("date", "2025-02-29", false)]
    [InlineData("date-time", "2025-01-31T12:00:00Z", true)]
    [InlineData("date-time", "2025-01-31T12:00:00+01:00", true)]
    [InlineData("date-time", "yesterday", false)]
    [InlineData("duration", "1h30m", true)]
    [InlineData("duration", "10", false)]
    [InlineData("duration", "5 days", true)]
    [InlineData("byte", "aGVsbG8=", true)]
    [InlineData("byte", "aGVsbG8\n=", true)]
    [InlineData("byte", "not base64", false)]
    [InlineData("byte", "", true)]
    [InlineData("uri", "https://example.com", true)]
    [InlineData("uri", "example", false)]
    [InlineData("somebody-elses", "anything", true)]
    public void FormatsAreThoseOfTheServer(string format, string text, bool isValid) => Assert.Equal(isValid, SchemaFormats.IsValid(format, text));

    [Theory]
    [InlineData("hostname", "hostnames")]
    [InlineData("HOSTNAMES", "hostnames")]
    [InlineData("backendRef", "backendRefs")]
    [InlineData("backnedRefs", "backendRefs")]
    [InlineData("parent", "parentRefs")]
    [InlineData("host", null)]
    [InlineData("refs", null)]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void NearNameIsWhatWasMeant(string word, string? expected) =>
        Assert.Equal(expected, NearestName.Of(word, ["hostnames", "parentRefs", "rules", "backendRefs"]));

    [Fact]
    public void VeryLongWordsAreNearNothing() => Assert.Null(NearestName.Of(new string('a', 100_000), ["a"]));
}
