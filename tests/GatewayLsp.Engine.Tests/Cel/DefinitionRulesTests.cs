using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Cel;

/// <summary>Rules that a real API server accepted must compile here, against the schemas they stand in.</summary>
public sealed class DefinitionRulesTests
{
    private const string Definitions = "cluster/crds";

    [SharedFact(Definitions)]
    public void All_rules_of_the_definitions_compile()
    {
        var failures = new List<string>();
        int rules = 0;
        foreach (string path in Directory.EnumerateFiles(SharedFiles.Get(Definitions), "*.yaml", SearchOption.AllDirectories))
        {
            foreach (DocumentSlot slot in ManifestFile.Parse("file:///" + Path.GetFileName(path), File.ReadAllText(path)).Documents)
            {
                if (slot.Document.Root.At("spec", "versions") is YamlSequence versions)
                {
                    foreach (YamlNode version in versions.Items)
                    {
                        Walk(version.At("schema", "openAPIV3Schema"), isRoot: true, Path.GetFileName(path), failures, ref rules);
                    }
                }
            }
        }
        Assert.True(rules > 300, $"only {rules} rules found");
        Assert.Empty(failures);
    }

    private static void Walk(YamlNode? node, bool isRoot, string where, List<string> failures, ref int rules)
    {
        switch (node)
        {
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    Walk(item, false, where, failures, ref rules);
                }
                break;
            case YamlMapping mapping:
                if (mapping.At("x-kubernetes-validations") is YamlSequence validations && mapping.At("type") is not null)
                {
                    SchemaNode schema = new CrdSchemaReader().Read(mapping);
                    foreach (YamlNode validation in validations.Items)
                    {
                        rules++;
                        string rule = validation.At("rule").Text() ?? "";
                        CelCompilation compiled = CelCompiler.Compile(rule, CelEnvironment.ForRule(schema, isResourceRoot: isRoot));
                        foreach (CelProblem problem in compiled.Problems)
                        {
                            failures.Add($"{where}: {rule}\n  {problem.Span.Start}: {problem.Message}");
                        }
                        if (compiled.Program is { } program)
                        {
                            Assert.Equal(CelTypeKind.Bool, program.ResultType.Kind);
                        }
                    }
                }
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Walk(entry.Value, false, where, failures, ref rules);
                }
                break;
        }
    }
}
