using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>The libraries that Kubernetes adds.</summary>
public sealed class LibraryTests
{
    public static TheoryData<string, string> Lists => CelCheck.Rows("""
        [1, 2, 2].isSorted() => true
        [2, 1].isSorted() => false
        ['a', 'b'].isSorted() => true
        [].isSorted() => true
        [1, 2, 3].sum() => 6
        [1.5, 2.0].sum() => 3.5
        [1u, 2u].sum() => 3u
        [duration('1m'), duration('1s')].sum() => duration('61s')
        [].sum() => 0
        [9223372036854775807, 1].sum() => ! Overflow
        [3, 1, 2].min() => 1
        [3, 1, 2].max() => 3
        ['b', 'a'].min() => 'a'
        [].min() => ! InvalidArgument
        [1, 2, 2].indexOf(2) => 1
        [1, 2, 2].lastIndexOf(2) => 2
        [1].indexOf(5) => -1
        [1, 2, 3, 4].slice(1, 3) => [2, 3]
        [1, 2].slice(1, 5) => ! IndexOutOfRange
        [1, 2].slice(-1, 1) => ! IndexOutOfRange
        [[1], [2, 3]].flatten() => [1, 2, 3]
        [[[1]], [[2]]].flatten(2) => [1, 2]
        [3, 1, 2].sort() => [1, 2, 3]
        ['b', 'a'].sort() => ['a', 'b']
        ['aaa', 'b', 'cc'].sortBy(x, size(x)) => ['b', 'cc', 'aaa']
        [1, 2, 3].reverse() => [3, 2, 1]
        [1, 2, 1, 3, 2].distinct() => [1, 2, 3]
        lists.range(3) => [0, 1, 2]
        lists.range(0) => []
        lists.range(2000000) => ! CostExceeded
        sets.contains([1, 2, 3], [2, 3]) => true
        sets.contains([1], [1, 2]) => false
        sets.contains([1], []) => true
        sets.equivalent([1, 2, 2], [2, 1]) => true
        sets.equivalent([1], [1, 2]) => false
        sets.intersects([1, 2], [2, 3]) => true
        sets.intersects([1], []) => false
        """);

    public static TheoryData<string, string> Urls => CelCheck.Rows("""
        isURL('https://user:pass@example.com:80/path?query=val#fragment') => true
        isURL('/absolute-path') => true
        isURL('https://a:b:c/') => false
        isURL('../relative-path') => false
        isURL('') => false
        isURL('https://example.com/%zz') => false
        isURL('mailto:me@example.com') => true
        url('https://example.com:80/').getScheme() => 'https'
        url('/path').getScheme() => ''
        url('https://example.com:80/').getHost() => 'example.com:80'
        url('https://[::1]:80/').getHost() => '[::1]:80'
        url('https://[::1]:80/').getHostname() => '::1'
        url('https://[::1]/').getHostname() => '::1'
        url('/path').getHostname() => ''
        url('https://example.com:80/').getPort() => '80'
        url('https://example.com/').getPort() => ''
        url('https://example.com/path with spaces/').getEscapedPath() => '/path%20with%20spaces/'
        url('https://example.com/a%20b').getEscapedPath() => '/a%20b'
        url('https://example.com').getEscapedPath() => ''
        url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() => {'k1': ['a'], 'k2': ['b', 'c']}
        url('https://example.com/path?key with spaces=a+b%26').getQuery() => {'key with spaces': ['a b&']}
        url('https://example.com/path?').getQuery() => {}
        url('https://example.com/a#b?c=d').getQuery() => {}
        url('https://a/b') == url('https://a/b') => true
        url('../x') => ! InvalidArgument
        """);

    public static TheoryData<string, string> Addresses => CelCheck.Rows("""
        isIP('127.0.0.1') => true
        isIP('::1') => true
        isIP('127.0.0.256') => false
        isIP('127.0.0.01') => false
        isIP('127.0.1') => false
        isIP('::ffff:1.2.3.4') => false
        isIP('64:ff9b::1.2.3.4') => true
        isIP('fe80::1%eth0') => false
        isIP(':::1') => false
        isIP('1::2::3') => false
        isIP('[::1]') => false
        isIP('2001:db8:0:0:0:0:0:00001') => false
        isIP('') => false
        ip('127.0.0.1').family() => 4
        ip('::1').family() => 6
        string(ip('2001:DB8::0:0:1')) => '2001:db8::1'
        string(ip('1:0:0:2:0:0:0:3')) => '1:0:0:2::3'
        string(ip('64:ff9b::1.2.3.4')) => '64:ff9b::102:304'
        ip.isCanonical('2001:db8::abcd') => true
        ip.isCanonical('2001:DB8::ABCD') => false
        ip.isCanonical('2001:db8::0:0:0:abcd') => false
        ip.isCanonical('x') => ! InvalidArgument
        ip('0.0.0.0').isUnspecified() => true
        ip('::').isUnspecified() => true
        ip('127.9.9.9').isLoopback() => true
        ip('::1').isLoopback() => true
        ip('224.0.0.1').isLinkLocalMulticast() => true
        ip('224.0.1.1').isLinkLocalMulticast() => false
        ip('ff02::1').isLinkLocalMulticast() => true
        ip('fd00::1').isLinkLocalMulticast() => false
        ip('169.254.169.254').isLinkLocalUnicast() => true
        ip('fe80::1').isLinkLocalUnicast() => true
        ip('fd80::1').isLinkLocalUnicast() => false
        ip('192.168.0.1').isGlobalUnicast() => true
        ip('255.255.255.255').isGlobalUnicast() => false
        ip('224.0.1.1').isGlobalUnicast() => false
        ip('ff00::1').isGlobalUnicast() => false
        ip('2001:db8::abcd').isGlobalUnicast() => true
        ip('::1') == ip('0:0:0:0:0:0:0:1') => true
        ip('300.0.0.1') => ! InvalidArgument
        isCIDR('192.168.0.0/16') => true
        isCIDR('192.168.0.1/16') => true
        isCIDR('192.168.0.0/33') => false
        isCIDR('::1/128') => true
        isCIDR('::1/129') => false
        isCIDR('10.0.0.0') => false
        isCIDR('10.0.0.0/08') => false
        cidr('192.168.0.0/24').containsIP('192.168.0.1') => true
        cidr('192.168.0.0/24').containsIP(ip('192.168.1.1')) => false
        cidr('192.168.0.0/24').containsIP('::1') => false
        cidr('192.168.0.0/24').containsIP('x') => ! InvalidArgument
        cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24') => true
        cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/16')) => false
        cidr('192.168.0.1/24').ip() => ip('192.168.0.1')
        cidr('192.168.0.1/24').masked() => cidr('192.168.0.0/24')
        cidr('192.168.0.1/24') == cidr('192.168.0.0/24') => false
        cidr('192.168.0.0/24').prefixLength() => 24
        string(cidr('::1/128')) => '::1/128'
        cidr('0.0.0.0/0').containsIP('8.8.8.8') => true
        """);

    public static TheoryData<string, string> Quantities => CelCheck.Rows("""
        isQuantity('1.3G') => true
        isQuantity('1.3Gi') => true
        isQuantity('1,3G') => false
        isQuantity('200K') => false
        isQuantity('Three') => false
        isQuantity('1.1.1') => false
        isQuantity('1e3') => true
        isQuantity('1E3') => true
        isQuantity('-1m') => true
        isQuantity('+.5') => true
        isQuantity('') => false
        quantity('200M').compareTo(quantity('0.2G')) => 0
        quantity('50M').compareTo(quantity('50Mi')) => -1
        quantity('50Mi').isGreaterThan(quantity('50M')) => true
        quantity('50M').isLessThan(quantity('100M')) => true
        quantity('1Ki') == quantity('1024') => true
        quantity('1e3') == quantity('1k') => true
        quantity('50k').add(quantity('20k')) == quantity('70k') => true
        quantity('50k').add(20) == quantity('50020') => true
        quantity('50k').sub(quantity('20k')) == quantity('30k') => true
        quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20') => true
        sign(quantity('-1')) => -1
        sign(quantity('0')) => 0
        quantity('50k').asInteger() => 50000
        quantity('50k').isInteger() => true
        quantity('1.5').isInteger() => false
        quantity('1.5').asInteger() => ! InvalidArgument
        quantity('9999999999999999999999999999999999999G').isInteger() => false
        quantity('50k').sub(20000).asApproximateFloat() => 30000.0
        quantity('1.5').asApproximateFloat() => 1.5
        quantity('0.1n') == quantity('1n') => true
        quantity('x') => ! InvalidArgument
        """);

    public static TheoryData<string, string> Versions => CelCheck.Rows("""
        isSemver('1.0.0') => true
        isSemver('1.0.0-alpha.1+build.5') => true
        isSemver('1.0') => false
        isSemver('v1.0.0') => false
        isSemver('01.0.0') => false
        isSemver('1.0.0-01') => false
        isSemver('1.0.0-') => false
        isSemver('hello') => false
        isSemver('v1.0', true) => true
        isSemver('01.01.01', true) => true
        isSemver('1-rc', true) => false
        semver('1.2.3').major() => 1
        semver('1.2.3').minor() => 2
        semver('1.2.3').patch() => 3
        semver('v1.2', true).patch() => 0
        semver('1.2.3').compareTo(semver('2.0.0')) => -1
        semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) => true
        semver('1.2.3-rc.2').isLessThan(semver('1.2.3-rc.10')) => true
        semver('1.2.3-rc').isGreaterThan(semver('1.2.3-1')) => true
        semver('1.2.3-rc.1').isGreaterThan(semver('1.2.3-rc')) => true
        semver('1.2.3+a') == semver('1.2.3+b') => true
        semver('x') => ! InvalidArgument
        """);

    public static TheoryData<string, string> Formats => CelCheck.Rows("""
        format.dns1123Label().validate('my-name').hasValue() => false
        format.dns1123Label().validate('My-Name').hasValue() => true
        format.dns1123Label().validate('a.b').hasValue() => true
        format.dns1123Label().validate('').hasValue() => true
        format.dns1123Label().validate('-a').hasValue() => true
        format.dns1123Subdomain().validate('a.b-c.d').hasValue() => false
        format.dns1123Subdomain().validate('a..b').hasValue() => true
        format.dns1035Label().validate('1a').hasValue() => true
        format.dns1035Label().validate('a1').hasValue() => false
        format.qualifiedName().validate('example.com/Name_1').hasValue() => false
        format.qualifiedName().validate('a/b/c').hasValue() => true
        format.dns1123LabelPrefix().validate('my-').hasValue() => false
        format.dns1123SubdomainPrefix().validate('my.a-').hasValue() => false
        format.dns1035LabelPrefix().validate('my-').hasValue() => false
        format.labelValue().validate('').hasValue() => false
        format.labelValue().validate('a b').hasValue() => true
        format.uri().validate('http://example.com').hasValue() => false
        format.uri().validate('no uri').hasValue() => true
        format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue() => false
        format.uuid().validate('123e').hasValue() => true
        format.byte().validate('aGVsbG8=').hasValue() => false
        format.byte().validate('?').hasValue() => true
        format.date().validate('2021-01-01').hasValue() => false
        format.date().validate('2021-13-01').hasValue() => true
        format.datetime().validate('2021-01-01T00:00:00Z').hasValue() => false
        format.datetime().validate('2021').hasValue() => true
        format.named('dns1123Label').hasValue() => true
        format.named('nothing').hasValue() => false
        format.named('uuid').value() == format.uuid() => true
        format.dns1123Label().validate('A').value().size() => 1
        """);

    [Theory, MemberData(nameof(Lists))]
    public void Lists_and_sets(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Urls))]
    public void Urls_are_read_as_Go_reads_them(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Addresses))]
    public void Addresses_and_ranges(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Quantities))]
    public void Amounts(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Versions))]
    public void Semantic_versions(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Formats))]
    public void Named_formats(string expression, string expected) => CelCheck.Check(expression, expected);
}
