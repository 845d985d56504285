using GatewayLsp.Engine.Cel;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>What does not compile: the place and the words.</summary>
public sealed class ProblemTests
{
    public static TheoryData<string, string> Syntax => CelCheck.Rows("""
        (1 + 2 => ? 0 `(` is never closed
        [1, 2 => ? 0 `[` is never closed
        {'a': 1 => ? 0 `{` is never closed
        1 + 2) => ? 5 `)` closes nothing
        [1, 2) => ? 5 `)` can't stand here; `[` is still open
        self = 1 => ? 5 `=` compares nothing; write `==`
        true & false => ? 5 `&` is no operator; write `&&`
        true | false => ? 5 `|` is no operator; write `||`
        1 + => ? 3 the expression ends too early
        1 + * 2 => ? 4 a value is missing here, found `*`
        1 2 => ? 2 a number can't follow here; an operator is missing before it
        self.a self.b => ? 7 `self` can't follow here; an operator is missing before it
        'abc => ? 0 the text has no closing quote
        '\d' => ? 1 `\d` is no escape sequence; for a backslash write `\\`, or put an `r` before the quote
        '\u12' => ? 1 `\u` needs 4 hexadecimal digits
        '\ud800' => ? 1 the escape sequence names no Unicode character
        “a” => ? 0 curly quotes do not start a text; write `'` or `"`
        self.`a-b` => ? 5 names in backquotes are not supported here; write the escaped name, such as `__dash__` for `-`
        true ? 1 => ? 8 `:` is missing: a condition reads `test ? one : other`
        {'a' 1} => ? 5 `:` is missing after the key
        size(1,) => ? 7 an argument is missing after the comma
        self. => ? 5 a field name is missing after the dot, found the end
        self.in => ? 5 `in` is a word of the language; the field is written `__in__`
        namespace == 1 => ? 0 `namespace` is a reserved word and can't name anything
        12abc => ? 2 a number ends here, but letters follow
        9223372036854775808 => ? 0 the number does not fit an int
        18446744073709551616u => ? 0 the number does not fit a uint
        -1u => ? 0 `-` does not take a uint
        0x => ? 0 digits are missing after `0x`
        1e => ? 0 digits are missing in the exponent
        1e999 => ? 0 the number is larger than a double can be
        has(self) => ? 4 `has` asks for a field: write `has(a.b)`
        [1].all(x.y, true) => ? 8 a name for the variable belongs here
        [1].all(x, x, true) => ? 11 `x` names both variables
        [1].all(__result__, true) => ? 8 `__result__` can't name a variable
        Point{x: 1} => ? 0 objects of a named type can't be made in a validation rule
        @ => ? 0 `@` can't stand here
        """);

    public static TheoryData<string, string> Types => CelCheck.Rows("""
        1 + 'a' => ? 2 `+` does not take an int and a string
        1 + 1.0 => ? 2 `+` does not take an int and a double
        1 == 'a' => ? 2 an int and a string can't be compared: they are never equal
        1 == 1.0 => ? 2 an int and a double can't be compared: they are never equal
        [1] == ['a'] => ? 4 a list(int) and a list(string) can't be compared: they are never equal
        'a' == null => ? 4 a string and null can't be compared: they are never equal
        !1 => ? 1 `!` needs a bool, found an int
        true && 1 => ? 8 `&&` needs a bool, found an int
        1 ? 2 : 3 => ? 0 the test before `?` needs a bool, found an int
        true ? 1 : 'a' => ? 0 both results of `?:` need the same type, found an int and a string
        [1, 'a'] => ? 4 the list mixes an int and a string; wrap the values in `dyn(...)` if that is meant
        1 in 'abc' => ? 2 `in` looks into a list or map, not into a string
        1 in ['a'] => ? 2 an int can't be in a list(string)
        [1]['a'] => ? 4 the index into a list is an int, found a string
        {'a': 1}[1] => ? 9 the keys of this map are string, found an int
        {1.5: 1} => ? 1 a double can't be a key of a map
        1[0] => ? 0 an int can't be indexed
        'a'.b => ? 4 a string has no fields
        x => ? 0 `x` is no variable
        slef == 1 => ? 0 `slef` is no variable; is it `self`?
        [1].map(item, itme) => ? 14 `itme` is no variable; is it `item`?
        nothing(1) => ? 0 there is no function `nothing`
        'a'.startWith('b') => ? 4 there is no function `startWith`; is it `startsWith`?
        'a'.startsWith(1) => ? 4 `startsWith` can't be called on a string with an int
        1.startsWith('a') => ? 2 `startsWith` can't be called on an int with a string
        'a'.startsWith() => ? 4 `startsWith` takes 1 argument, found 0
        startsWith('a', 'b') => ? 0 `startsWith` is a method: write `x.startsWith(...)`
        'a'.int() => ? 4 `int` is no method; write `int(...)`
        int([1]) => ? 0 `int` does not take a list(int)
        1.all(x, true) => ? 0 this macro walks over a list or map, not over an int
        [1].all(x) => ? 4 `all` needs a variable and an expression, such as `all(x, x > 0)`; found 1 arguments
        [1].all(x, x) => ? 11 the test of this macro needs a bool, found an int
        [1].exists(x, x == 'a') => ? 16 an int and a string can't be compared: they are never equal
        [?1] => ? 2 after `?` an optional is needed, found an int
        optional.of(1).orValue('a') => ? 15 `orValue` can't be called on an optional(int) with a string
        duration('abc') => ? 9 `abc` is no duration such as `1h30m` or `1.5s`
        timestamp('2025') => ? 10 `2025` is no time such as `2025-01-31T12:00:00Z`
        'a'.matches('(') => ? 12 `(` is not a valid pattern: a `(` is never closed
        'a'.matches('a**') => ? 12 `a**` is not a valid pattern: `*` follows another repetition
        'a'.matches('(a{1000}){1000}') => ? 12 `(a{1000}){1000}` is not a valid pattern: the repetitions inside each other make more than 1000
        'a'.find('[z-a]') => ? 9 `[z-a]` is not a valid pattern: a range in `[...]` ends before it starts
        """);

    [Theory, MemberData(nameof(Syntax))]
    public void Syntax_errors_say_what_to_write(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Types))]
    public void Type_errors_name_the_types(string expression, string expected) => CelCheck.Check(expression, expected);

    [Fact]
    public void All_type_errors_come_at_once_but_no_flood()
    {
        Assert.Equal([0, 5, 13], CelCompiler.Compile("x || y || (1 + '') == 1", CelEnvironment.Untyped).Problems.Select(p => p.Span.Start));
        string many = string.Join(" || ", Enumerable.Repeat("nowhere", 100));
        Assert.Equal(20, CelCompiler.Compile(many, CelEnvironment.Untyped).Problems.Length);
    }

    [Fact]
    public void An_empty_expression_is_one_problem() => Assert.Equal("the expression is empty", Assert.Single(CelCompiler.Compile(" // nothing", CelEnvironment.Untyped).Problems).Message);
}
