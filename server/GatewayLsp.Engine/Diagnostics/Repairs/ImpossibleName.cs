using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>
/// A reference by a name that no such object can have, in a form that tells what is meant: <c>namespace/name</c>, the hostname
/// or URL of a Service, a name with capitals. Such an object is nowhere, whatever the files have.
/// </summary>
internal sealed partial record ImpossibleName(ObjectRef Reference, string Name, string? Namespace)
{
    private const string Label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";

    public static ImpossibleName? Of(ObjectRef reference)
    {
        if (!reference.IsKnown || !IsKindWithNames(reference) || Placeholders.IsIn(reference.Name) || IsPossible(reference, reference.Name))
        {
            return null;
        }
        Match address = reference.Kind == "Service" ? ServiceAddress.Match(reference.Name) : Match.Empty;
        Match match = address.Success ? address : Qualified.Match(reference.Name);
        // What only is too long says nothing of what is meant.
        if (match.Success && IsPossible(reference, match.Groups["name"].Value))
        {
            string? ns = match.Groups["ns"] is { Success: true, Value: var written } && written != reference.Namespace ? written : null;
            return new ImpossibleName(reference, match.Groups["name"].Value, ns);
        }
        // In capitals alone it may be a mark for a script to replace.
        string lower = reference.Name.ToLowerInvariant().Replace('_', '-');
        return Word.IsMatch(reference.Name) && reference.Name.Any(char.IsAsciiLetterLower) && IsPossible(reference, lower) ? new ImpossibleName(reference, lower, null) : null;
    }

    public string Message => $"No {Reference.Kind} can have the name `{Reference.Name}`; write {(Namespace is null ? $"`name: {Name}`" : $"`name: {Name}`, `namespace: {Namespace}`")}.";

    /// <summary>None where another namespace is written, for one of the two is wrong, or where there is no room for it.</summary>
    public ImmutableArray<Fix> Fixes(ManifestDocument document)
    {
        if (SemanticContext.Correctable(Reference, "name") is not { } span || (Reference.Node.Resolved() as YamlMapping)?.Find("name") is not { Key: YamlScalar key, Value: YamlScalar { Properties: null } value } entry
            || value.Style is ScalarStyle.Literal or ScalarStyle.Folded || (Namespace is not null && entry.Mapping.Find("namespace") is not null))
        {
            return [];
        }
        string text = YamlText.Like(value, Name);
        if (Namespace is not null)
        {
            string lineBreak = document.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            text += (entry.Mapping.IsFlow ? ", " : lineBreak + new string(' ', document.Lines.PositionOf(key.Span.Start).Character)) + YamlText.Like(key, "namespace") + ": " + YamlText.Like(value, Namespace);
        }
        return [new Fix(Namespace is null ? $"Change to `{Name}`" : $"Change to `{Name}` in namespace `{Namespace}`", span, text, isPreferred: false)];
    }

    private static bool IsKindWithNames(ObjectRef reference) => (reference.Group, reference.Kind) is
        (ApiGroups.Gateway, "Gateway" or "ListenerSet") or (ApiGroups.Core, "Service" or "Secret" or "ConfigMap");

    private static bool IsPossible(ObjectRef reference, string name) => (reference.Kind == "Service" ? NameSyntax.Label(name) : NameSyntax.Subdomain(name)) is null;

    [GeneratedRegex($"^(?<ns>{Label})/(?<name>{Label})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Qualified { get; }

    [GeneratedRegex($@"^(?:https?://)?(?<name>{Label})(?:\.(?<ns>{Label})(?:\.svc(?:\.cluster\.local)?)?)?/?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ServiceAddress { get; }

    [GeneratedRegex("^[A-Za-z0-9][-_A-Za-z0-9]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word { get; }
}
