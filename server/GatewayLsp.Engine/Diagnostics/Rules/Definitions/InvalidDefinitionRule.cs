using GatewayLsp.Engine.Cel;
using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Patterns;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Definitions;

/// <summary>
/// A CustomResourceDefinition whose schema no API server takes: patterns and validation rules that do not compile, types that
/// do not exist. Objects of the kind are checked without the part that is wrong.
/// </summary>
internal sealed class InvalidDefinitionRule : ObjectRule
{
    private const int MaxVersions = 32;
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    public override string Code => "invalid-definition";

    public override string Title => "CustomResourceDefinition with an invalid schema";

    public override RuleDoc Doc => new(
        "The schema of a CustomResourceDefinition has a `type` that does not exist, a `$ref`, a `pattern` that is not a valid regular expression (RE2), or a validation rule that does not compile. It is information when a schema is too large to be read to its end.",
        "The API server refuses the definition, or refuses objects of its kind. Here, objects of the kind are checked without the part that is wrong.",
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    x-kubernetes-validations:
                    - rule: self.hos.size() > 0
                    properties:
                      host:
                        type: string
                        maxLength: 253
        """,
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.example.com
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    x-kubernetes-validations:
                    - rule: self.host.size() > 0
                    properties:
                      host:
                        type: string
                        maxLength: 253
        """,
        "There is no fix: what the schema should say is not known.");

    public override void Check(ObjectContext context)
    {
        if (context.IsPartial || !CrdReader.IsDefinition(context.Object.Node) || context.Object.At("spec", "versions") is not YamlSequence versions)
        {
            return;
        }
        var reader = new CrdSchemaReader((mapping, schema) => Check(mapping, schema, isRoot: false, context));
        for (int i = 0; i < versions.Items.Length && i < MaxVersions; i++)
        {
            if (versions.Items[i].At("schema", "openAPIV3Schema") is not YamlMapping root)
            {
                continue;
            }
            bool wasWhole = !reader.IsCutShort;
            SchemaNode schema = reader.Read(root);
            if (wasWhole && reader.IsCutShort)
            {
                context.Report(this, Spans.OfHead(root, context.Document), FieldPath.Of(root, context.Object.Node),
                    $"This schema is too large to be read to its end (more than {CrdSchemaReader.MaxParts} parts in the definition, or {CrdSchemaReader.MaxDepth} levels); values beyond are not checked.",
                    severity: DiagnosticSeverity.Information);
            }
            if (!root.Get("x-kubernetes-validations").IsNull() && Version(context.Object.Node, versions.Items[i]) is { } gvk)
            {
                Rules(root, ObjectHead.Around(gvk, ResourceScope.Namespaced, schema), isRoot: true, context);
            }
        }
    }

    private static Gvk? Version(YamlMapping definition, YamlNode version) =>
        definition.At("spec", "group").Text() is { } group && definition.At("spec", "names", "kind").Text() is { } kind && version.At("name").Text() is { } name
            ? new Gvk(group, name, kind) : null;

    private void Check(YamlMapping mapping, SchemaNode schema, bool isRoot, ObjectContext context)
    {
        if (mapping.Find("$ref") is { } reference)
        {
            Report(context, reference.Key, reference.Key.Span, "`$ref` is not supported in the schema of a CustomResourceDefinition; write the schema out.");
        }
        if (mapping.Get("type") is YamlScalar { IsMissing: false, IsOpaque: false, Value.Length: > 0 } type && Array.IndexOf(Types, type.Value) < 0)
        {
            Report(context, type, type.Span, $"{Words.Shown(type.Value)} is not a type; a schema takes {Words.List([.. Types.Select(t => $"`{t}`")], "or")}.");
        }
        if (mapping.Get("pattern") is YamlScalar pattern && pattern.Text() is { } text && CelRegex.Refusal(text) is { } reason)
        {
            Report(context, pattern, pattern.Span, $"The pattern is not a valid regular expression: {reason}.");
        }
        bool isWholeObject = mapping.Owner is YamlEntry { Name: "openAPIV3Schema" };
        if (!isWholeObject || isRoot)
        {
            Rules(mapping, schema, isRoot, context);
        }
    }

    private void Rules(YamlMapping mapping, SchemaNode schema, bool isRoot, ObjectContext context)
    {
        if (mapping.Get("x-kubernetes-validations") is not YamlSequence rules)
        {
            return;
        }
        foreach (YamlNode item in rules.Items)
        {
            CelEnvironment environment = CelEnvironment.ForRule(schema, item.At("optionalOldSelf").Text() == "true", isRoot);
            Compile(item.At("rule"), environment, CelTypeKind.Bool, "The rule must give true or false", context);
            Compile(item.At("messageExpression"), environment, CelTypeKind.String, "The expression of a message must give a string", context);
        }
    }

    private void Compile(YamlNode? node, CelEnvironment environment, CelTypeKind wanted, string demand, ObjectContext context)
    {
        if (node is not YamlScalar scalar || scalar.Text() is not { } expression)
        {
            return;
        }
        CelCompilation compiled = CelCompiler.Compile(expression, environment);
        foreach (CelProblem problem in compiled.Problems)
        {
            Report(context, scalar, ScalarText.SpanOf(scalar, problem.Span, context.Document), $"The expression does not compile: {char.ToLowerInvariant(problem.Message[0])}{problem.Message[1..].TrimEnd('.')}.");
        }
        if (compiled.Program is { } program && program.ResultType.Kind != wanted && program.ResultType.Kind != CelTypeKind.Dyn)
        {
            Report(context, scalar, Spans.OfValue(scalar, context.Document), $"{demand}, not {program.ResultType}.");
        }
    }

    private void Report(ObjectContext context, YamlNode node, TextSpan span, string message)
    {
        if (!context.Document.IsDamaged(span))
        {
            context.Report(this, span, FieldPath.Of(node, context.Object.Node), message);
        }
    }
}
