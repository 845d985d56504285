using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Values and operators, by the language definition.</summary>
public sealed class LanguageTests
{
    public static TheoryData<string, string> Literals => CelCheck.Rows(""""
        42 => 42
        -42 => -42
        0x2A => 42
        -0x2A => -42
        0xfF => 255
        42u => 42u
        0x2Au => 42u
        9223372036854775807 => 9223372036854775807
        -9223372036854775808 => -9223372036854775807 - 1
        -0x8000000000000000 => -9223372036854775808
        18446744073709551615u => 18446744073709551615u
        1.5 => 3.0 / 2.0
        .5 => 0.5
        1e3 => 1000.0
        1.5E-2 => 0.015
        -1.5 => 0.0 - 1.5
        - -1 => 1
        --1 => 1
        ---1 => -1
        !!true => true
        !!!true => false
        true => 1 == 1
        null => null
        'a' => "a"
        "it's" => 'it\'s'
        'say "x"' => "say \"x\""
        '''a'b''' => "a'b"
        """a"b""" => 'a"b'
        '\a\b\f\n\r\t\v\\\?\`' => "\x07\x08\x0C\x0A\x0D\x09\x0B\x5C\x3F\x60"
        '\101\x41\u0041\U00000041' => 'AAAA'
        '\U0001F600' => '😀'
        r'\d+' => '\\d+'
        R"\n" => '\\n'
        r'''\'''  => '\\'
        b'abc' => bytes('abc')
        b'\xff\000' => b'\377\x00'
        br'\x' => b'\\x'
        bR'\x' => b'\\x'
        b'ÿ' => b'\303\277'
        [] => []
        [1, 2,] => [1, 2]
        {} => {}
        {'a': 1,} => {'a': 1}
        {1: 'a', 2: 'b'}[2] => 'b'
        [[1], [2, 3]][1][0] => 2
        ( 1 + 2 ) * 3 => 9
        """");

    public static TheoryData<string, string> Arithmetic => CelCheck.Rows("""
        1 + 2 * 3 - 4 / 2 => 5
        7 % 3 => 1
        -7 % 3 => -1
        7 % -3 => 1
        -7 / 2 => -3
        7 / -2 => -3
        2 - 3 - 4 => -5
        -(2) => 0 - 2
        -2.5 * 2.0 => -5.0
        7u / 2u => 3u
        7u % 4u => 3u
        5u - 3u => 2u
        9223372036854775807 + 1 => ! Overflow
        -9223372036854775808 - 1 => ! Overflow
        -(-9223372036854775807 - 1) => ! Overflow
        9223372036854775807 * 2 => ! Overflow
        -9223372036854775808 / -1 => ! Overflow
        -9223372036854775808 % -1 => ! Overflow
        -9223372036854775808 * -1 => ! Overflow
        4611686018427387904 * -2 => -9223372036854775808
        18446744073709551615u + 1u => ! Overflow
        0u - 1u => ! Overflow
        4294967296u * 4294967296u => ! Overflow
        1 / 0 => ! DivisionByZero
        1 % 0 => ! DivisionByZero
        1u / 0u => ! DivisionByZero
        1u % 0u => ! DivisionByZero
        1.0 / 0.0 => double('Infinity')
        -1.0 / 0.0 => double('-Infinity')
        0.0 / 0.0 == 0.0 / 0.0 => false
        0.0 / 0.0 != 0.0 / 0.0 => true
        1e308 * 10.0 => double('Infinity')
        'a' + 'b' + 'c' => 'abc'
        b'a' + b'b' => b'ab'
        [1] + [2, 3] => [1, 2, 3]
        [] + [] => []
        [1] + [] => [1]
        duration('1m') + duration('30s') => duration('90s')
        duration('1m') - duration('90s') => duration('-30s')
        timestamp('2025-01-31T12:00:00Z') + duration('24h') => timestamp('2025-02-01T12:00:00Z')
        duration('1s') + timestamp('2025-12-31T23:59:59Z') => timestamp('2026-01-01T00:00:00Z')
        timestamp('2025-01-01T00:00:00Z') - duration('1ns') => timestamp('2024-12-31T23:59:59.999999999Z')
        timestamp('2025-01-02T00:00:00Z') - timestamp('2025-01-01T00:00:00Z') => duration('24h')
        timestamp('9999-12-31T23:59:59Z') + duration('1s') => ! Overflow
        timestamp('0001-01-01T00:00:00Z') - duration('1s') => ! Overflow
        timestamp('9999-12-31T00:00:00Z') - timestamp('0001-01-01T00:00:00Z') => ! Overflow
        duration('2562047h') + duration('2562047h') => ! Overflow
        dyn('a') + dyn(1) => ! NoSuchOverload
        dyn(1) + dyn(1.0) => ! NoSuchOverload
        -dyn('a') => ! NoSuchOverload
        """);

    public static TheoryData<string, string> Comparisons => CelCheck.Rows("""
        1 == 1 => true
        1 != 2 => true
        dyn(1) == 1u => true
        dyn(1) == 1.0 => true
        dyn(1u) == 1.0 => true
        dyn(1) == '1' => false
        dyn(1) == true => false
        dyn(null) == false => false
        null == null => true
        1 < 1.5 => true
        1u < 2 => true
        2.0 >= 2u => true
        -1 < 1u => true
        1u > -1 => true
        18446744073709551615u > 9223372036854775807 => true
        dyn(9007199254740993) == 9007199254740993.0 => true
        9223372036854775807 < 9223372036854775808.0 => false
        9223372036854775807 < 1e19 => true
        -1e19 < -9223372036854775808 => true
        1 < double('NaN') => false
        1 > double('NaN') => false
        double('NaN') == double('NaN') => false
        1.0 < double('Infinity') => true
        'a' < 'b' => true
        'a' < 'aa' => true
        'Z' < 'a' => true
        '' < 'a' => true
        '\uFFFD' < '😀' => true
        b'a' < b'b' => true
        false < true => true
        duration('1m') < duration('61s') => true
        timestamp('2025-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00.1Z') => true
        timestamp('2025-01-01T02:00:00+02:00') == timestamp('2025-01-01T00:00:00Z') => true
        [1, 2] == [1, 2] => true
        [1, 2] == [2, 1] => false
        [1] == [1, 2] => false
        [dyn(1)] == [dyn(1.0)] => true
        [[1], [2]] == [[1], [2]] => true
        {'a': 1, 'b': 2} == {'b': 2, 'a': 1} => true
        {'a': 1} == {'a': 2} => false
        {'a': 1} == {'b': 1} => false
        {dyn(1): 'a'} == {dyn(1u): 'a'} => true
        type(1) == int => true
        type(1u) == uint => true
        type(1.0) == double => true
        type('') == string => true
        type(b'') == bytes => true
        type(true) == bool => true
        type(null) == null_type => true
        type([]) == list => true
        type({}) == map => true
        type(int) == type => true
        type(type) == type => true
        type(duration('0s')) == google.protobuf.Duration => true
        type(timestamp(0)) == google.protobuf.Timestamp => true
        type(optional.none()) == optional_type => true
        type(ip('::1')) == net.IP => true
        dyn(1) < dyn('a') => ! NoSuchOverload
        dyn([1]) < dyn([2]) => ! NoSuchOverload
        """);

    public static TheoryData<string, string> Access => CelCheck.Rows("""
        [1, 2, 3][0] => 1
        [1, 2, 3][2] => 3
        [1, 2, 3][3] => ! IndexOutOfRange
        [1, 2, 3][-1] => ! IndexOutOfRange
        [1, 2, 3][dyn(1u)] => 2
        [1, 2, 3][dyn(1.0)] => 2
        [1, 2, 3][dyn(1.5)] => ! NoSuchOverload
        [1, 2, 3][dyn('a')] => ! NoSuchOverload
        {'a': 1}['a'] => 1
        {'a': 1}.a => 1
        {'a': 1}['b'] => ! NoSuchKey
        {'a': 1}.b => ! NoSuchKey
        {1: 'x'}[1] => 'x'
        {dyn(1): 'x'}[dyn(1u)] => 'x'
        {dyn(1): 'x'}[dyn(1.0)] => 'x'
        {true: 'x'}[true] => 'x'
        {'a': 1, 'a': 2} => ! InvalidArgument
        {dyn(1): 1, dyn(1u): 2} => ! InvalidArgument
        {dyn(1.5): 1} => ! InvalidArgument
        {dyn([1]): 1} => ! InvalidArgument
        1 in [1, 2] => true
        3 in [1, 2] => false
        dyn(1.0) in [1, 2] => true
        'a' in {'a': 1} => true
        'b' in {'a': 1} => false
        dyn(1) in {'a': 1} => false
        1 in [] => false
        [1] in [[1], [2]] => true
        dyn(1) in dyn(1) => ! NoSuchOverload
        has({'a': 1}.a) => true
        has({'a': 1}.b) => false
        has({'a': {'b': 1}}.a.b) => true
        has({'a': {'b': 1}}.x.b) => ! NoSuchKey
        has(dyn(1).a) => ! NoSuchOverload
        dyn([1]).a => ! NoSuchOverload
        dyn(1)[0] => ! NoSuchOverload
        """);

    public static TheoryData<string, string> Logic => CelCheck.Rows("""
        true && true => true
        true || false && false => true
        (true || false) && false => false
        true ? 1 : 2 => 1
        false ? 1 : 2 => 2
        true ? 1 : 1 / 0 => 1
        false ? 1 / 0 : 1 => 1
        1 / 0 > 0 ? 1 : 2 => ! DivisionByZero
        true ? (false ? 1 : 2) : 3 => 2
        false ? 1 : false ? 2 : 3 => 3
        # One deciding side is enough, on whichever side the error is.
        false && 1 / 0 > 0 => false
        1 / 0 > 0 && false => false
        true || 1 / 0 > 0 => true
        1 / 0 > 0 || true => true
        true && 1 / 0 > 0 => ! DivisionByZero
        1 / 0 > 0 && true => ! DivisionByZero
        false || 1 / 0 > 0 => ! DivisionByZero
        1 / 0 > 0 || false => ! DivisionByZero
        1 / 0 > 0 && [1][5] > 0 => ! DivisionByZero
        1 / 0 > 0 && [1][5] > 0 && false => false
        dyn(1) && false => false
        dyn(1) && true => ! NoSuchOverload
        dyn('x') || true => true
        !dyn(1) => ! NoSuchOverload
        dyn(1) ? 1 : 2 => ! NoSuchOverload
        [1, 0].exists(x, 1 / x > 0) => true
        [0, 1].exists(x, 1 / x > 0) => true
        [0, 2].exists(x, 1 / x > 0) => ! DivisionByZero
        [0, 2].all(x, 1 / x > 0) => false
        [0, 1].all(x, 1 / x > 0) => ! DivisionByZero
        """);

    [Theory, MemberData(nameof(Literals))]
    public void Literal_values(string expression, string expected) => CelCheck.Check(expression, expected);

    [Fact]
    public void Comments_and_line_breaks_are_blanks() => CelCheck.Check("// what it is\n1 + // one\r\n\t2", "3");

    [Theory, MemberData(nameof(Arithmetic))]
    public void Arithmetic_is_exact_or_an_error(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Comparisons))]
    public void Values_are_compared_across_types(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Access))]
    public void Lists_and_maps_give_what_they_hold(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Logic))]
    public void Logic_absorbs_errors(string expression, string expected) => CelCheck.Check(expression, expected);
}
