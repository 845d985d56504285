using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Macros of one and of two variables, and optional values.</summary>
public sealed class MacroTests
{
    public static TheoryData<string, string> OneVariable => CelCheck.Rows("""
        [1, 2, 3].all(x, x > 0) => true
        [1, 2, 3].all(x, x > 1) => false
        [].all(x, false) => true
        [1, 2, 3].exists(x, x == 2) => true
        [1, 2, 3].exists(x, x == 4) => false
        [].exists(x, true) => false
        [1, 2, 2].exists_one(x, x == 1) => true
        [1, 2, 2].exists_one(x, x == 2) => false
        [].exists_one(x, true) => false
        [0, 1].exists_one(x, 1 / x == 1) => ! DivisionByZero
        [1, 2, 3].filter(x, x > 1) => [2, 3]
        [].filter(x, true) => []
        [0, 1].filter(x, 1 / x > 0) => ! DivisionByZero
        [1, 2, 3].map(x, x * 2) => [2, 4, 6]
        [1, 2, 3].map(x, x > 1, x * 2) => [4, 6]
        [0].map(x, 1 / x) => ! DivisionByZero
        [[1, 2], [3]].map(l, l.map(x, x + 1)) => [[2, 3], [4]]
        {'a': 1, 'b': 2}.all(k, k in ['a', 'b']) => true
        {'a': 1, 'b': 2}.exists(k, k == 'b') => true
        {'a': 1, 'b': 2}.exists_one(k, k == 'b') => true
        {'a': 1, 'b': 2}.filter(k, k == 'b') => ['b']
        {'a': 1}.map(k, k + k) => ['aa']
        [1, 2].all(x, [1, 2].exists(y, x == y)) => true
        [1, 2].all(x, [3, 4].all(x, x > 2) && x < 3) => true
        [1].map(self, self + 1) => [2]
        [1, 2].exists(x, x == 2 && [x].all(x, x == 2)) => true
        dyn(1).all(x, true) => ! NoSuchOverload
        [1].all(x, dyn(x)) => ! NoSuchOverload
        [1].exists(x, dyn(x)) => ! NoSuchOverload
        [1].filter(x, dyn(x)) => ! NoSuchOverload
        """);

    public static TheoryData<string, string> TwoVariables => CelCheck.Rows("""
        [1, 2].all(i, v, v == i + 1) => true
        [1, 2].exists(i, v, i == 1 && v == 2) => true
        [1, 2].exists_one(i, v, i == 0) => true
        [1, 2].existsOne(i, v, v > 0) => false
        [1, 2, 3].transformList(i, v, i * v) => [0, 2, 6]
        [1, 2, 3].transformList(i, v, i > 0, i * v) => [2, 6]
        {'a': 1, 'b': 2}.all(k, v, k != '' && v > 0) => true
        {'a': 1, 'b': 2}.exists(k, v, k == 'b' && v == 2) => true
        {'a': 1}.transformList(k, v, k + string(v)) => ['a1']
        {'a': 1, 'b': 2}.transformMap(k, v, v * 10) => {'a': 10, 'b': 20}
        {'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10) => {'b': 20}
        ['x', 'y'].transformMap(i, v, v) => {0: 'x', 1: 'y'}
        {'a': 'b'}.transformMapEntry(k, v, {v: k}) => {'b': 'a'}
        {'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k}) => ! InvalidArgument
        {'a': 'x', 'b': 'x'}.transformMapEntry(k, v, k == 'a', {v: k}) => {'x': 'a'}
        ['x'].transformMapEntry(i, v, {}) => {}
        """);

    public static TheoryData<string, string> Optionals => CelCheck.Rows("""
        optional.of(1).hasValue() => true
        optional.none().hasValue() => false
        optional.of(1).value() => 1
        optional.none().value() => ! InvalidArgument
        optional.of(1).orValue(2) => 1
        optional.none().orValue(2) => 2
        optional.of(1).orValue(1 / 0) => 1
        optional.none().or(optional.of(3)).value() => 3
        optional.of(1).or(optional.none()).value() => 1
        optional.ofNonZeroValue('').hasValue() => false
        optional.ofNonZeroValue('a').value() => 'a'
        optional.ofNonZeroValue(0).orValue(7) => 7
        optional.of(1) == optional.of(1) => true
        optional.of(1) == optional.none() => false
        optional.none() == optional.none() => true
        {'a': 1}.?a.orValue(0) => 1
        {'a': 1}.?b.orValue(0) => 0
        {'a': {'b': 1}}.?a.b.orValue(0) => 1
        {'a': {'b': 1}}.?x.b.orValue(0) => 0
        {'a': {'b': 1}}.?a.?c.hasValue() => false
        {'a': 1}[?'a'].value() => 1
        {'a': 1}[?'b'].hasValue() => false
        [1, 2][?1].orValue(0) => 2
        [1, 2][?5].orValue(0) => 0
        optional.of([1, 2])[1].value() => 2
        optional.of({'a': 1}).a.value() => 1
        has(optional.of({'a': 1}).a) => true
        has(optional.none().a) => false
        [?optional.of(1), ?optional.none(), 2] => [1, 2]
        {?'a': optional.of(1), ?'b': optional.none()} => {'a': 1}
        {'a': 1}.?a.optMap(x, x + 1).orValue(0) => 2
        {'a': 1}.?b.optMap(x, x + 1).orValue(0) => 0
        {'a': 1}.?a.optFlatMap(x, optional.none()).hasValue() => false
        optional.of(1).optFlatMap(x, optional.of(x + 1)).value() => 2
        optional.of(0).optMap(x, 1 / x) => ! DivisionByZero
        optional.unwrap([optional.of(1), optional.none()]) => [1]
        [optional.of(1), optional.none()].unwrapOpt() => [1]
        dyn(1).?a => ! NoSuchOverload
        """);

    [Theory, MemberData(nameof(OneVariable))]
    public void Macros_of_one_variable(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(TwoVariables))]
    public void Macros_of_two_variables(string expression, string expected) => CelCheck.Check(expression, expected);

    [Theory, MemberData(nameof(Optionals))]
    public void Optional_values(string expression, string expected) => CelCheck.Check(expression, expected);
}
