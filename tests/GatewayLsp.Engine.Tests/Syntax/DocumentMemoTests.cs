using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Tests.Syntax;

public sealed class DocumentMemoTests
{
    private sealed class Made;

    /// <summary>Objects are told apart by instance: findings of one thread must be about the objects that the others see.</summary>
    [Fact]
    public void Who_comes_second_gets_what_the_first_one_made()
    {
        var memo = new DocumentMemo();
        Made? first = null;
        Made second = memo.Get(typeof(Made), () =>
        {
            // Another thread, at the same time.
            first = memo.Get(typeof(Made), () => new Made());
            return new Made();
        });
        Assert.Same(first, second);
        Assert.Same(first, memo.Get(typeof(Made), () => new Made()));
    }

    [Fact]
    public void Only_the_latest_key_of_a_type_is_kept()
    {
        var memo = new DocumentMemo();
        Made a = memo.Get("a", () => new Made());
        Made b = memo.Get("b", () => new Made());
        Assert.NotSame(a, b);
        Assert.Same(b, memo.Get("b", () => new Made()));
        Assert.NotSame(a, memo.Get("a", () => new Made()));
    }
}
