using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Kustomize;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>Folders put together by chance are built, or refused, as kubectl does.</summary>
public sealed class RandomBuildTests
{
    /// <summary>Enough to meet every feature several times; more with <c>KUSTOMIZE_CASES</c>.</summary>
    private const int Cases = 120;

    [KubectlTheory]
    [InlineData(0)]
    public void Kubectl_builds_and_refuses_the_same(int first)
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("KUSTOMIZE_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : Cases;
        var differences = new ConcurrentBag<string>();
        int built = 0;
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            IReadOnlyDictionary<string, string> files = RandomKustomization.Of(seed);
            string folder = Directory.CreateTempSubdirectory("kustomize").FullName;
            try
            {
                var text = new StringBuilder();
                foreach ((string path, string content) in files)
                {
                    text.Append("#file: ").Append(path).Append('\n').Append(content);
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
                    File.WriteAllText(Path.Combine(folder, path), content);
                }
                (int exit, string theirs, string error) = Kubectl.Try("kustomize", Path.Combine(folder, RandomKustomization.Root));
                BuildResult ours = BuildFixture.Build(text.ToString(), RandomKustomization.Root);
                if (exit == 0 != (ours.Refusal is null))
                {
                    differences.Add($"{seed}: kubectl {(exit == 0 ? "builds" : "refuses: " + error)}, here: {ours.Refusal?.Message ?? "built"}\n{text}");
                }
                else if (exit == 0)
                {
                    Interlocked.Increment(ref built);
                    if (BuildFixture.Canonical(theirs) != BuildFixture.Canonical(string.Concat(ours.Objects.Select(static one => one.Text))))
                    {
                        differences.Add($"{seed}: built differently\n{text}");
                    }
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        Assert.True(differences.IsEmpty, string.Join("\n\n", differences.Order(StringComparer.Ordinal).Take(5)));
        Assert.True(built > count / 4, $"{built} of {count} were built");
    }
}
