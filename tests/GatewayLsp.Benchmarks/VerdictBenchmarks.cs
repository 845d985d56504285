using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Benchmarks;

/// <summary>What a verdict costs, on one core: reading, structure, validation rules.</summary>
[MemoryDiagnoser]
public class VerdictBenchmarks
{
    public const int Objects = 1000;

    private readonly List<ManifestDocument> _documents = [];
    private string _text = "";

    [GlobalSetup]
    public void Load()
    {
        _text = Manifests.Documents(Objects);
        foreach (DocumentSlot slot in ManifestFile.Parse("big.yaml", _text).Documents)
        {
            _documents.Add(slot.Document);
            _ = slot.Document.Root;
        }
    }

    /// <summary>Text to tree, what each document costs before anything is judged.</summary>
    [Benchmark(OperationsPerInvoke = Objects)]
    public int Read()
    {
        int count = 0;
        foreach (DocumentSlot slot in ManifestFile.Parse("big.yaml", _text).Documents)
        {
            count += ManifestObject.Of(slot.Document).Length;
        }
        return count;
    }

    [Benchmark(OperationsPerInvoke = Objects, Baseline = true)]
    public int DryRuns()
    {
        int accepted = 0;
        foreach (ManifestDocument document in _documents)
        {
            accepted += DryRun.Of(document, SchemaCatalog.Bundled, Channel.Standard).Accepted ? 1 : 0;
        }
        return accepted;
    }

    /// <summary>The part of it that is defaulting and CEL.</summary>
    [Benchmark(OperationsPerInvoke = Objects)]
    public int RulesAlone()
    {
        int broken = 0;
        foreach (ManifestDocument document in _documents)
        {
            ManifestObject one = ManifestObject.Of(document)[0];
            SchemaNode schema = SchemaCatalog.Bundled.Find(one.Gvk, Channel.Standard)!;
            broken += RuleWalk.Run(ObjectDecoder.Read(one.Node, schema), schema).Count;
        }
        return broken;
    }

    /// <summary>Structure alone.</summary>
    [Benchmark(OperationsPerInvoke = Objects)]
    public int StructureAlone()
    {
        int issues = 0;
        foreach (ManifestDocument document in _documents)
        {
            ManifestObject one = ManifestObject.Of(document)[0];
            issues += SchemaValidator.Validate(one.Node, SchemaCatalog.Bundled.Find(one.Gvk, Channel.Standard)!, new SchemaValidation(document) { WithConsequences = true }).Length;
        }
        return issues;
    }
}
