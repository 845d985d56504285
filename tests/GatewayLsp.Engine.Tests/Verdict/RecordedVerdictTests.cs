using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Tests.Verdict;

/// <summary>The dry run against answers of a real API server that are kept in the repository.</summary>
public sealed class RecordedVerdictTests
{
    [Fact]
    public void FaultsInOurSamplesAreJudgedAsRecorded()
    {
        var otherwise = new List<string>();
        int accepted = 0, refused = 0;
        foreach (DocumentSlot slot in ManifestFile.Parse("recorded.yaml", File.ReadAllText(RecordedVerdicts.Path)).Documents)
        {
            if (slot.Document.Root is null)
            {
                continue;
            }
            string answer = slot.Document.Text.Split('\n').First(line => line.StartsWith('#')).TrimEnd();
            DryRunResult ours = DryRun.Of(slot.Document, SchemaCatalog.Bundled, Channel.Standard);
            string told = ours.Accepted
                ? RecordedVerdicts.Accepted
                : RecordedVerdicts.Refused + string.Join(", ", ours.Causes.Select(c => c.Field).Where(f => f is not ("" or "<nil>")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            if (told.TrimEnd() != answer)
            {
                otherwise.Add($"{told}\nrecorded:\n{slot.Document.Text}");
            }
            _ = ours.Accepted ? accepted++ : refused++;
        }
        Assert.True(otherwise.Count == 0, $"{otherwise.Count} judged otherwise:\n{string.Join("\n\n", otherwise.Take(5))}");
        Assert.True(accepted > 30 && refused > 100, $"{accepted} accepted, {refused} refused: the file says too little");
    }
}
