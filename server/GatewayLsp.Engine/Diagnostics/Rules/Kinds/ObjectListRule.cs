using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>A document that is a bare list of objects. Lists of anything else are other people's files.</summary>
internal sealed class ObjectListRule : IRule
{
    public string Code => "object-list";

    public string Title => "List of objects that is not a `List`";

    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    public DiagnosticSource Source => DiagnosticSource.Schema;

    public RuleDoc Doc => new(
        "The document is a list with objects in it, instead of one object.",
        "kubectl refuses the file: a document is one object. Several go into documents of their own with `---` between them, or into the `items` of a `List`. Until then none of them is checked.",
        """
        - apiVersion: v1
          kind: ConfigMap
          metadata:
            name: settings
        """,
        """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: ConfigMap
          metadata:
            name: settings
        """,
        "Puts the head of a `List` above the list. Safe for what kubectl does with the objects; have a look whether you would rather have documents.");

    public void Check(ManifestDocument document, DocumentContext context, ImmutableArray<Diagnostic>.Builder findings)
    {
        if (context.IsPartial || document.Root is not YamlSequence list || !HoldsObject(list))
        {
            return;
        }
        bool canWrap = list.Properties is null && document.Lines.PositionOf(list.Span.Start).Character == 0;
        string head = "apiVersion: v1\nkind: List\nitems:" + (list.IsFlow ? " " : "\n");
        findings.Add(new Diagnostic
        {
            Code = Code,
            Severity = Severity,
            Source = Source,
            Message = "A document is one object, and this is a list of them: kubectl refuses it. Put `---` between the objects, or all into the `items` of a `List`.",
            Span = new TextSpan(list.Span.Start, 1),
            Fixes = canWrap ? [new Fix("Make it a `List`", new TextSpan(list.Span.Start, 0), head, isPreferred: false)] : [],
        });
    }

    private static bool HoldsObject(YamlSequence list)
    {
        foreach (YamlNode item in list.Items)
        {
            if (item is YamlMapping mapping && mapping.Get("apiVersion").Text() is not null && mapping.Get("kind").Text() is not null
                && mapping.Get("metadata") is YamlMapping)
            {
                return true;
            }
        }
        return false;
    }
}
