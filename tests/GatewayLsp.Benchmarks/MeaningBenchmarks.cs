using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;

namespace GatewayLsp.Benchmarks;

/// <summary>Conditions of a whole platform: made from nothing, and after one edit of any of it.</summary>
[MemoryDiagnoser]
public class MeaningBenchmarks
{
    private const int Team = 7;

    private readonly AnalysisHost _host = new();
    private List<(string Path, string Text)> _files = [];
    private int _step;

    [Params(1000, 10_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Load()
    {
        _files = [.. Cities.Files(Routes)];
        Apply(_host);
        int good = new Analysis(_host.Current).Conditions().Sum(one => one.Parents?.Count(p => p.Conditions.All(c => c.Status == Engine.Resolution.Conditions.ConditionStatus.True)) ?? 0);
        if (good != Routes)
        {
            throw new InvalidOperationException($"{good} of {Routes} routes are well");
        }
    }

    /// <summary>Read, indexed, resolved: the start.</summary>
    [Benchmark]
    public int FromNothing()
    {
        var host = new AnalysisHost();
        Apply(host);
        return Conditions(host);
    }

    /// <summary>One letter in one route, then the conditions of everything.</summary>
    [Benchmark]
    public int EditRoute() => Edit($"teams/{Team}/routes-0.yaml", Cities.Route(Team, 0, 50 + (_step++ % 2)) + "---\n" + Cities.Service(Team, 0));

    [Benchmark]
    public int EditService() => Edit($"teams/{Team}/routes-5.yaml", Cities.Route(Team, 5) + "---\n" + Cities.Service(Team, 5, 8080 + (_step++ % 2)));

    [Benchmark]
    public int EditGateway() => Edit("gateways/0.yaml", Cities.Gateway(0, 80 + (_step++ % 2)));

    [Benchmark]
    public int EditGrant() => Edit($"teams/{Team}/base.yaml", Cities.Team(Team).Replace("neighbours", "neighbours" + (_step++ % 2), StringComparison.Ordinal));

    /// <summary>One letter in one route, then its conditions alone: what an editor needs first.</summary>
    [Benchmark]
    public bool EditRouteAndAskForIt()
    {
        string path = $"teams/{Team}/routes-10.yaml";
        _host.Apply(new WorkspaceChange.OnDisk(path, Cities.Route(Team, 10, 50 + (_step++ % 2))));
        var analysis = new Analysis(_host.Current);
        return analysis.Conditions(Engine.Model.ManifestObject.Of(_host.Current.File(path)!.Manifest.Documents[0].Document)[0]) is not null;
    }

    private int Edit(string path, string text)
    {
        _host.Apply(new WorkspaceChange.OnDisk(path, text));
        return Conditions(_host);
    }

    private void Apply(AnalysisHost host)
    {
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings { IsComplete = true }));
        foreach ((string path, string text) in _files)
        {
            host.Apply(new WorkspaceChange.OnDisk(path, text));
        }
    }

    private static int Conditions(AnalysisHost host) => new Analysis(host.Current).Conditions().Length;
}
