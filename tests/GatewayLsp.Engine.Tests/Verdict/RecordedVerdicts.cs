using System.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Verdict;

/// <summary>
/// What a real API server said of faults in our own samples, kept in a file so that it counts where no server is. The file has
/// one manifest a document, each headed by the answer; of those of one kind that name the same fields one is enough.
/// </summary>
internal sealed class RecordedVerdicts
{
    public const string Accepted = "# accepted";
    public const string Refused = "# refused: ";
    private const int OfAccepted = 20;

    private readonly StringBuilder _text = new("# Answers of an API server with the CRDs of Gateway API 1.6, standard channel. Written by the test\n# FaultsInOurSamplesAreJudgedAlike with UPDATE_BASELINES=1.\n");
    private readonly Dictionary<string, int> _sorts = new(StringComparer.Ordinal);

    public static string Path => System.IO.Path.Combine(SharedFiles.Root, "tests", "GatewayLsp.Engine.Tests", "Verdict", "recorded-verdicts.yaml");

    public void Add(string kind, string manifest, bool isAccepted, IReadOnlySet<string> fields)
    {
        string answer = isAccepted ? Accepted : Refused + string.Join(", ", fields.Order(StringComparer.Ordinal));
        int known = _sorts.GetValueOrDefault(kind + answer);
        // What is accepted says little about fields; the faulty ones are told apart by theirs.
        if (known < (isAccepted ? OfAccepted : 1))
        {
            _sorts[kind + answer] = known + 1;
            _text.Append("---\n").Append(answer).Append('\n').Append(Body(manifest)).Append('\n');
        }
    }

    private static string Body(string manifest) => (manifest.StartsWith("---", StringComparison.Ordinal) ? manifest[3..] : manifest).Trim();

    public void SaveWhenAsked()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(Path, _text.ToString());
        }
    }
}
