using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Tests.Schemas;

public sealed class JsonValueTests
{
    [Fact]
    public void Values_are_equal_by_what_they_mean()
    {
        Assert.Equal(JsonValue.Of(1), JsonValue.NumberOf("1.0"));
        Assert.Equal(JsonValue.Of(1).GetHashCode(), JsonValue.NumberOf("1.0").GetHashCode());
        Assert.Equal(JsonValue.NumberOf("1e400"), JsonValue.NumberOf("1e400"));
        Assert.NotEqual(JsonValue.Of("1"), JsonValue.Of(1));
        Assert.NotEqual(JsonValue.Of("true"), JsonValue.True);
        Assert.NotEqual(JsonValue.NumberOf("9007199254740993"), JsonValue.NumberOf("9007199254740992"));
        Assert.Equal(Pair("a", "b"), Pair("b", "a"));
        Assert.NotEqual(JsonValue.Of([JsonValue.True, JsonValue.Null]), JsonValue.Of([JsonValue.Null, JsonValue.True]));
    }

    [Fact]
    public void Prints_compact_JSON() =>
        Assert.Equal("""{"a\"":["x\n",1.50,true,null],"b":{}}""", JsonValue.OfMembers([
            new("a\"", JsonValue.Of([JsonValue.Of("x\n"), JsonValue.NumberOf("1.50"), JsonValue.True, JsonValue.Null])),
            new("b", JsonValue.OfMembers(System.Collections.Immutable.ImmutableArray<KeyValuePair<string, JsonValue>>.Empty)),
        ]).ToString());

    private static JsonValue Pair(string first, string second) => JsonValue.OfMembers([new(first, JsonValue.Of(first)), new(second, JsonValue.Of(second))]);
}
