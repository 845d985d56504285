using System.Diagnostics;
using CsCheck;
using GatewayLsp.Engine.Formatting;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Formatting;

public class FormattingPropertyTests
{
    [Fact]
    public void Random_trees_keep_their_meaning()
    {
        int formatted = 0;
        int valid = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                string text = RandomYaml.Of(seed);
                FormattingCheck.Hold(text, new FormattingOptions(2 + (seed % 2 * 2)));
                if (ManifestFile.Parse("x", text).Documents.All(d => d.Document.Errors.IsEmpty))
                {
                    Interlocked.Increment(ref valid);
                    Interlocked.Add(ref formatted, FormattingCheck.Format(text) != text ? 1 : 0);
                }
            },
            iter: 3000, print: seed => RandomYaml.Of(seed));
        // The generator is untidy on purpose, so a formatter that gives up would show here.
        Assert.True(valid > 2500, $"only {valid} valid");
        Assert.True(formatted > valid * 0.95, $"only {formatted} of {valid} formatted");
    }

    [Fact]
    public void Own_samples_are_tidy()
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "samples"), "*.yaml", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(path);
            FormattingCheck.Hold(text);
            Assert.Equal(text, FormattingCheck.Format(text));
        }
    }

    [SharedFact("bench/manifests")]
    public void Real_manifests_keep_their_meaning()
    {
        int files = 0;
        foreach (string folder in (string[])["bench/manifests", "bench/data", "oracle/conformance", "seed", "cluster"])
        {
            foreach (string path in Directory.EnumerateFiles(SharedFiles.Get(folder), "*.yaml", SearchOption.AllDirectories))
            {
                FormattingCheck.Hold(File.ReadAllText(path));
                files++;
            }
        }
        Assert.True(files > 100, $"{files} files");
    }

    [Fact]
    public void Time_grows_with_the_text_and_no_faster()
    {
        const string part = "    - name: x\n      port:   80 # c\n      d: |\n          a\n           b\n      f: {a: 1,b: [1,2]}\n";
        double small = Time(2_000);
        double large = Time(16_000);
        Assert.True(large < small * 8 * 4, $"{small} ms, eight times as much {large} ms");

        static double Time(int parts)
        {
            string text = "a:\n" + string.Concat(Enumerable.Repeat(part, parts));
            FormattingCheck.Format("a:   1\n");
            long start = Stopwatch.GetTimestamp();
            FormattingCheck.Format(text);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
