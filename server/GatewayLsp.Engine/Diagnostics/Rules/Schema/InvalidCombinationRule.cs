using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidCombinationRule : SchemaRule
{
    public override string Code => "invalid-combination";

    public override string Title => "Values that do not go together";

    public override RuleDoc Doc => new(
        "Each value is fine by itself, but the schema excludes this combination, or wants exactly one of several forms and finds none or more than one.",
        "The API server rejects the object.",
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
                    properties:
                      host: {type: string}
                      address: {type: string}
                    oneOf:
                    - required: [host]
                    - required: [address]
        ---
        apiVersion: example.com/v1
        kind: Widget
        metadata:
          name: gadget
        spec:
          host: gadget.example.com
          address: 10.0.0.1
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
                    properties:
                      host: {type: string}
                      address: {type: string}
                    oneOf:
                    - required: [host]
                    - required: [address]
        ---
        apiVersion: example.com/v1
        kind: Widget
        metadata:
          name: gadget
        spec:
          host: gadget.example.com
        """,
        "There is no fix: only you know which value is meant.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var choices = new List<string>();
        foreach (SchemaNode form in issue.Schema.OneOf.IsEmpty ? issue.Schema.AnyOf : issue.Schema.OneOf)
        {
            if (form.Required.Length > 0)
            {
                choices.Add(Words.List([.. form.Required.Select(name => $"`{name}`")], "and"));
            }
        }
        string one = issue.Schema.OneOf.IsEmpty ? "at least one" : "exactly one";
        string message = choices.Count > 1
            ? $"{Words.Capital(Words.Subject(issue))} must have {one} of {Words.List(choices, "or")}."
            : $"The values of {Words.Subject(issue)} do not go together: the schema allows only one of several forms.";
        context.Report(this, Spans.OfValue(issue.Node, context.Document), issue.Field, message);
    }
}
