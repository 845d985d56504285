using GatewayLsp.Engine.Completion;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests;

/// <summary>Texts on which the fuzzer once found something: asked everything, at every place.</summary>
public class FuzzFindingsTests
{
    private const string Path = "file:///a.yaml";

    public static TheoryData<string> Texts =>
    [
        ":\n\t",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nspec:\n hostnames:\n  -}",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nspec:\n hostnames:\n  -*.a.example",
        ":\n:",
        "d\na:e\n\ta:",
        "\u00a0a",
        "---\n[:}]",
        "&a :",
        "s:  []:",
        ": {{\n }}",
        "-{% ",
        "\r{",
        "\ra\": {\r}\r",
        "---\r[a{: ]]",
        "\r{\"}\n#",
        "...\n\n",
        "{[e],: d",
        "!  ",
        "{:\"\"",
        "\uFEFF",
        string.Concat(Enumerable.Repeat("[? ", 60)),
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n rules:\n  - ? ~\n  -",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nspec:\n from:\n - ? e",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n:",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\ne:\nspec:\n parentRefs:\n  &a u:",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\na:\n h\n:\n:",
        "n\n---\n:\nkind: HTTPRoute\nmetadata:\n e:",
        "\u2028apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\ndata:",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Answers_stand_where_they_were_asked(string text)
    {
        Analysis analysis = Open(text);
        var lines = new LineIndex(text);
        for (int offset = 0; offset <= text.Length; offset++)
        {
            LinePosition position = lines.PositionOf(offset);
            CompletionList list = analysis.Complete(Path, position);
            Assert.True(list.Range.Contains(position), $"{list.Range} at {position}");
            if (analysis.Hover(Path, position) is HoverText hover)
            {
                Assert.True(hover.Range.Contains(position), $"{hover.Range} at {position}");
            }
            LineRange? inner = null;
            foreach (LineRange range in analysis.SelectionRanges(Path, position))
            {
                Assert.True(range.Contains(position) && (inner is null || range.Contains(inner.Value.Start)), $"{range} at {position}");
                inner = range;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Fixes_keep_sound_yaml_sound(string text)
    {
        var lines = new LineIndex(text);
        bool wasSound = IsSound(text);
        foreach (FileDiagnostic finding in Open(text).Diagnose(Path))
        {
            foreach (Fix fix in finding.Diagnostic.Fixes)
            {
                string after = text;
                foreach (TextEdit edit in finding.EditsOf(fix).OrderByDescending(e => e.Range.Start))
                {
                    int from = lines.OffsetOf(edit.Range.Start);
                    after = string.Concat(after.AsSpan(0, from), edit.NewText, after.AsSpan(lines.OffsetOf(edit.Range.End)));
                }
                Assert.NotEqual(text, after);
                Assert.True(!wasSound || IsSound(after), $"{fix.Title}: {after}");
            }
        }
    }

    private static Analysis Open(string text) => new(new AnalysisHost().Apply(new WorkspaceChange.Opened(Path, text, 1)));

    private static bool IsSound(string text) => ManifestFile.Parse(Path, text).Documents.All(d => d.Document.Errors.IsEmpty);
}
