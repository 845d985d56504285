using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>What calls cost, in the API server's units.</summary>
internal static class CelCosts
{
    public const int ListCreation = 10;
    public const int MapCreation = 30;

    private const double PerCharacter = 0.1;
    private const double PerPatternCharacter = 0.25;

    /// <summary>One walk over so many characters or items.</summary>
    public static long Traversal(double size) => (long)Math.Ceiling(size * PerCharacter);

    /// <summary>A text matched by a pattern.</summary>
    public static long Matching(long text, long pattern) => Traversal(1.0 + text) * (long)Math.Ceiling(pattern * PerPatternCharacter);

    /// <summary>Characters, bytes or items; 1 for anything else.</summary>
    public static long SizeOf(CelValue value) => value switch
    {
        CelString text => CodePoints.Count(text.Value),
        CelBytes bytes => bytes.Value.Length,
        CelList list => list.Count,
        CelMap map => map.Count,
        CelOptional { Value: { } inner } => SizeOf(inner),
        _ => 1,
    };

    /// <summary>A walk over all that a value holds.</summary>
    public static long WholeOf(CelValue value, CelFrame frame)
    {
        long cost = 0;
        if (!frame.Work(1))
        {
            return 0;
        }
        switch (value)
        {
            case CelString text:
                return (long)(text.Value.Length * PerCharacter);
            case CelBytes bytes:
                return (long)(bytes.Value.Length * PerCharacter);
            case CelList list:
                for (int i = 0; i < list.Count && !frame.IsStopped; i++)
                {
                    cost += WholeOf(list[i], frame);
                }
                return cost;
            case CelMap map:
                foreach (CelValue key in map.Keys)
                {
                    cost += WholeOf(key, frame) + (map.Find(key) is { } inner ? WholeOf(inner, frame) : 0);
                }
                return cost;
            default:
                return 1;
        }
    }
}
