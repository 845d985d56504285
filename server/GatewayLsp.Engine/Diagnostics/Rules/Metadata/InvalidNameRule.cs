using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidNameRule : ObjectRule
{
    public override string Code => "invalid-name";

    public override string Title => "Name that is not allowed";

    public override RuleDoc Doc => new(
        "`metadata.name`, `metadata.generateName` or `metadata.namespace` has characters that names can't have, or too many. Most kinds take DNS names; a Service takes one DNS label that starts with a letter, a Namespace one DNS label, roles nearly anything.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: Web_Store
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web-store
        spec: {}
        """,
        "Offers the name in lower case with `-` for `_` and blanks if that is valid. It is not applied unseen, because other objects may refer to the name.");

    public override void Check(ObjectContext context)
    {
        if (context.Kind is not { } kind || context.Object.At("metadata") is not YamlMapping metadata)
        {
            return;
        }
        Check(context, metadata, "name", name => NameSyntax.Name(kind, name));
        Check(context, metadata, "generateName", name => NameSyntax.Name(kind, WithoutTrailingDash(name)));
        if (kind.Scope == ResourceScope.Namespaced)
        {
            Check(context, metadata, "namespace", NameSyntax.Label);
        }
    }

    private void Check(ObjectContext context, YamlMapping metadata, string field, Func<string, string?> check)
    {
        if (metadata.Get(field) is not YamlScalar { IsOpaque: false, Value.Length: > 0 } scalar || ScalarResolver.KindOf(scalar) != ScalarKind.String
            || context.Document.IsDamaged(scalar.Span) || check(scalar.Value) is not { } wanted)
        {
            return;
        }
        (string Name, string Meant)? odd = LookAlikes.In(scalar.Value);
        string fixedName = (odd?.Meant ?? scalar.Value).Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-');
        ImmutableArray<Fix> fixes = fixedName != scalar.Value && fixedName.Length > 0 && check(fixedName) is null && scalar.Properties is null
            ? [new Fix($"Change to {Words.Shown(fixedName)}", scalar.Span, YamlText.Like(scalar, fixedName), isPreferred: false)]
            : [];
        string message = odd is { Name: var name } ? $"{Words.Shown(scalar.Value)} can't be the {Noun(field)}; it has {name} in it." : $"{Words.Shown(scalar.Value)} can't be the {Noun(field)}; it must be {wanted}.";
        context.Report(this, scalar.Span, "metadata." + field, message, fixes);
    }

    /// <summary>The API server appends letters to the prefix, so a dash at its end is fine.</summary>
    private static string WithoutTrailingDash(string name) => name.Length > 1 && name[^1] == '-' ? name[..^2] + "a" : name;

    private static string Noun(string field) => field switch
    {
        "name" => "name",
        "namespace" => "namespace",
        _ => "start of a name",
    };
}
