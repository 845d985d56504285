namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// What a build may cost. Aliases, merge keys, copies and replacements can make more of a small text than any machine holds, so every
/// node that is read, visited for these or copied counts.
/// </summary>
internal sealed class BuildBudget(int nodes, CancellationToken cancel)
{
    /// <summary>Levels that may be read, copied or led through at once.</summary>
    public const int MaxDepth = 100;

    /// <summary>Characters that cost as much as one node.</summary>
    private const int NodeLength = 64;
    private const int LooksUp = 4096;

    private int _left = nodes;

    /// <summary>True when more was asked for than there is: what was made is not all.</summary>
    public bool IsExhausted => _left < 0;

    /// <summary>False when there is nothing left, or the depth is too great; then nothing is left for anybody.</summary>
    public bool Take(int depth)
    {
        if (depth > MaxDepth)
        {
            _left = -1;
        }
        if (_left < 0 || --_left < 0)
        {
            return false;
        }
        if (_left % LooksUp == 0)
        {
            cancel.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>Pays for a text that comes out once more.</summary>
    public bool TakeText(string text)
    {
        _left -= Math.Min(_left + 1, text.Length / NodeLength);
        return Take(0);
    }
}
