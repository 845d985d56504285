namespace GatewayLsp.Fuzz;

/// <summary>An expectation that an input broke. Not for the engine's own exceptions: those are failures as they are.</summary>
internal sealed class BrokenExpectation(string what) : Exception(what);

/// <summary>What went wrong with which input.</summary>
internal sealed record Failure(int Number, string What, string Input, string Detail)
{
    /// <summary>Failures with the same first words are taken for the same fault and shown once.</summary>
    public string Fault => What.Split('|')[0];

    public static string Describe(Exception exception) => exception is BrokenExpectation
        ? exception.Message
        : exception.GetType().Name + " at " + (exception.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("GatewayLsp.Engine", StringComparison.Ordinal))?.Trim() ?? "?") + "|" + exception.Message;
}

internal static class Expect
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenExpectation(otherwise);
        }
    }

    public static void That(bool holds, Func<string> otherwise)
    {
        if (!holds)
        {
            throw new BrokenExpectation(otherwise());
        }
    }
}
