using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Functions of the language and of its libraries.</summary>
public sealed class FunctionTests
{
    public static TheoryData<string, string> Conversions => CelCheck.Rows("""
        int('42') => 42
        int('-42') => -42
        int(42u) => 42
        int(1.9) => 1
        int(-1.9) => -1
        int(timestamp('1970-01-01T00:01:00Z')) => 60
        int('0x2A') => ! InvalidArgument
        int('') => ! InvalidArgument
        int(' 1') => ! InvalidArgument
        int('9223372036854775808') => ! InvalidArgument
        int(18446744073709551615u) => ! Overflow
        int(1e19) => ! Overflow
        int(double('NaN')) => ! Overflow
        uint('42') => 42u
        uint(42) => 42u
        uint(42.9) => 42u
        uint(-1) => ! Overflow
        uint(-1.0) => ! Overflow
        uint('-1') => ! InvalidArgument
        double(1) => 1.0
        double(1u) => 1.0
        double('1.5') => 1.5
        double('-1e3') => -1000.0
        double('x') => ! InvalidArgument
        string(1) => '1'
        string(-1) => '-1'
        string(1u) => '1'
        string(1.5) => '1.5'
        string(1.0) => '1'
        string(1e21) => '1e+21'
        string(1e20) => '1e+20'
        string(1234567.5) => '1.2345675e+06'
        string(123456.5) => '123456.5'
        string(123456789012345680.0) => '1.2345678901234568e+17'
        string(0.0001) => '0.0001'
        string(0.00001) => '1e-05'
        string(1.5e-7) => '1.5e-07'
        string(-2.5) => '-2.5'
        string(0.1 + 0.2) => '0.30000000000000004'
        string(true) => 'true'
        string(b'abc') => 'abc'
        string(b'\xff') => ! InvalidArgument
        string(duration('90s')) => '90s'
        string(duration('1500ms')) => '1.5s'
        string(duration('-1ns')) => '-0.000000001s'
        string(timestamp('2025-01-31T12:00:00Z')) => '2025-01-31T12:00:00Z'
        string(timestamp('2025-01-31T12:00:00.25+01:00')) => '2025-01-31T12:00:00.25+01:00'
        bytes('é') => b'\xc3\xa9'
        bool('true') => true
        bool('False') => false
        bool('1') => true
        bool('yes') => ! InvalidArgument
        type(dyn(1)) == int => true
        duration('1h2m3s') => duration('3723s')
        duration('1.5h') => duration('90m')
        duration('-1m') => duration('-60s')
        duration('0') => duration('0s')
        duration('1us') => duration('1000ns')
        duration(dyn('1d')) => ! InvalidArgument
        duration(dyn('')) => ! InvalidArgument
        duration(dyn('1')) => ! InvalidArgument
        duration(dyn('9999999999h')) => ! InvalidArgument
        timestamp(0) => timestamp('1970-01-01T00:00:00Z')
        timestamp(dyn('2025-02-30T00:00:00Z')) => ! InvalidArgument
        timestamp(dyn('2025-01-01')) => ! InvalidArgument
        timestamp(253402300800) => ! Overflow
        """);

    public static TheoryData<string, string> Times => CelCheck.Rows("""
        timestamp('2025-03-09T08:07:06.005Z').getFullYear() => 2025
        timestamp('2025-03-09T08:07:06.005Z').getMonth() => 2
        timestamp('2025-03-09T08:07:06.005Z').getDate() => 9
        timestamp('2025-03-09T08:07:06.005Z').getDayOfMonth() => 8
        timestamp('2025-03-09T08:07:06.005Z').getDayOfWeek() => 0
        timestamp('2025-03-09T08:07:06.005Z').getDayOfYear() => 67
        timestamp('2025-03-09T08:07:06.005Z').getHours() => 8
        timestamp('2025-03-09T08:07:06.005Z').getMinutes() => 7
        timestamp('2025-03-09T08:07:06.005Z').getSeconds() => 6
        timestamp('2025-03-09T08:07:06.005Z').getMilliseconds() => 5
        timestamp('2025-01-01T00:30:00Z').getHours('-01:00') => 23
        timestamp('2025-01-01T00:30:00Z').getDate('-01:00') => 31
        timestamp('2025-01-01T00:30:00Z').getMinutes('+05:30') => 0
        timestamp('2025-01-01T00:30:00Z').getHours('05:30') => 6
        timestamp('2025-01-01T00:30:00Z').getHours('UTC') => 0
        timestamp('2025-01-01T00:30:00Z').getHours('nowhere') => ! InvalidArgument
        timestamp('0001-01-01T00:00:00Z').getFullYear('-10:00') => unknown
        duration('3h30m').getHours() => 3
        duration('3h30m').getMinutes() => 210
        duration('3m30s').getSeconds() => 210
        duration('1234ms').getMilliseconds() => 1234
        """);

    public static TheoryData<string, string> Texts => CelCheck.Rows("""
        size('') => 0
        size('héllo') => 5
        '😀'.size() => 1
        size('a😀b') => 3
        size(b'😀') => 4
        size([1, 2]) => 2
        {'a': 1}.size() => 1
        'hello'.contains('ell') => true
        'hello'.contains('') => true
        'hello'.startsWith('he') => true
        'hello'.endsWith('lo') => true
        'a😀b'.charAt(1) => '😀'
        'abc'.charAt(3) => ''
        'abc'.charAt(4) => ! IndexOutOfRange
        'abc'.charAt(-1) => ! IndexOutOfRange
        'a😀b😀'.indexOf('😀') => 1
        'a😀b😀'.indexOf('😀', 2) => 3
        'abc'.indexOf('') => 0
        'abc'.indexOf('x') => -1
        'abc'.indexOf('a', 4) => -1
        'abc'.indexOf('a', -1) => ! IndexOutOfRange
        'abc'.lastIndexOf('a', 3) => -1
        'a😀b😀'.lastIndexOf('😀') => 3
        'a😀b😀'.lastIndexOf('😀', 2) => 1
        'abc'.lastIndexOf('') => 3
        'abc'.lastIndexOf('abcd') => -1
        ['a', 'b'].join() => 'ab'
        ['a', 'b'].join('-') => 'a-b'
        [].join('-') => ''
        'ÀBc'.lowerAscii() => 'Àbc'
        'àBc'.upperAscii() => 'àBC'
        'aXbXc'.replace('X', '-') => 'a-b-c'
        'aXbXc'.replace('X', '-', 1) => 'a-bXc'
        'aXbXc'.replace('X', '-', 0) => 'aXbXc'
        'ab'.replace('', '-') => '-a-b-'
        'a😀'.replace('', '-', 2) => '-a-😀'
        'a,b,c'.split(',') => ['a', 'b', 'c']
        'a,b,c'.split(',', 2) => ['a', 'b,c']
        'a,b,c'.split(',', 0) => []
        'a,b,c'.split(',', 1) => ['a,b,c']
        'a😀'.split('') => ['a', '😀']
        ''.split(',') => ['']
        'tacocat'.substring(4) => 'cat'
        'tacocat'.substring(0, 4) => 'taco'
        'a😀b'.substring(1, 2) => '😀'
        'abc'.substring(2, 1) => ! InvalidArgument
        'abc'.substring(4) => ! IndexOutOfRange
        'abc'.substring(-1) => ! IndexOutOfRange
        ' \t a\u00a0'.trim() => 'a'
        '%s is %d'.format(['x', 1]) => 'x is 1'
        '%s'.format([[1, 'a', {'k': 1, 2: []}]]) => '[1, "a", {"k":1, 2:[]}]'
        '%d%%'.format([5]) => '5%'
        '%.2f'.format([1.005]) => '1.00'
        '%f'.format([123456.789]) => '123,456.789000'
        '%f'.format([1.0 / 0.0]) => '∞'
        '%f'.format([dyn(2)]) => ! InvalidArgument
        '%f'.format([1.5]) => '1.500000'
        '%e'.format([1234.5]) => '1.234500×10⁰³'
        '%.3e'.format([0.00012]) => '1.200000×10⁻⁰⁴'
        '%x %X %o %b'.format([255, 255, 8, 5]) => 'ff FF 10 101'
        '%x'.format(['az']) => '617a'
        '%b'.format([true]) => '1'
        '%s'.format([[1, 2]]) => '[1, 2]'
        '%s'.format([{'b': 1, 'a': 2}]) => '{"a":2, "b":1}'
        '%s'.format([['a', 1.5, null]]) => '["a", 1.500000, null]'
        '%s'.format([int]) => 'int'
        '%s'.format([null]) => 'null'
        '%s'.format([dyn(1.5)]) => '1.5'
        '%s'.format([duration('90s')]) => '90s'
        dyn('%d').format(['a']) => ! InvalidArgument
        dyn('%s').format([]) => ! InvalidArgument
        dyn('%q').format([1]) => ! InvalidArgument
        strings.quote('a"b\n') => '"a\\"b\\n"'
        """);

    public static TheoryData<string, string> Patterns => CelCheck.Rows("""
        'abc'.matches('b') => true
        'abc'.matches('^b') => false
        matches('abc', '^abc$') => true
        'abc\n'.matches('^abc$') => false
        'ABC'.matches('(?i)abc') => true
        'aBC'.matches('^a(?i)bc$') => true
        'a\nb'.matches('a.b') => false
        'a\nb'.matches('(?s)a.b') => true
        'a\nb'.matches('(?m)^b$') => true
        '😀'.matches('^.$') => true
        '😀'.matches('^..$') => false
        '😀'.matches('^[^a]$') => true
        '😀'.matches('^[😀😁]$') => true
        '😂'.matches('^[😀-😁]$') => false
        'é'.matches('^\\w$') => false
        'é'.matches('^\\pL$') => true
        '٣'.matches('^\\d$') => false
        'a.b'.matches('^\\Qa.b\\E$') => true
        'foo-1'.matches('^[[:alpha:]]+-[[:digit:]]$') => true
        'aaa'.matches('^a{3}$') => true
        'x{'.matches('x{') => true
        'abc 123'.find('[0-9]+') => '123'
        'abc'.find('x') => ''
        '123 abc 456'.findAll('[0-9]+') => ['123', '456']
        '123 abc 456'.findAll('[0-9]+', 1) => ['123']
        'abc'.findAll('[0-9]*') => ['', '', '', '']
        'abcde'.find('b(c|cd)(d?)') => 'bcd'
        'aaa'.find('a+?') => 'a'
        'a'.matches(dyn('(')) => ! InvalidArgument
        'a'.matches(dyn('(?=a)')) => ! InvalidArgument
        'a'.matches(dyn('(a)\\1')) => ! InvalidArgument
        'a'.matches(dyn('a{1001}')) => ! InvalidArgument
        'a'.matches(dyn('(a{1000}){1000}')) => ! InvalidArgument
        'a'.matches(dyn('a**')) => ! InvalidArgument
        """);

    [Theory, MemberData(nameof(Conversions))]
    public void Conversions_between_types(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Times))]
    public void Parts_of_times_and_durations(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Texts))]
    public void Texts_count_code_points(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Patterns))]
    public void Patterns_mean_what_RE2_means(string expression, string expected) => CelCheck.Check(expression, expected);
}
