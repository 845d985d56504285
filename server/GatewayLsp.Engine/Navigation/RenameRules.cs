using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Which names may be changed, and to what. Each check says in a sentence why not, or null.</summary>
internal static class RenameRules
{
    private const int MaxSection = 253;

    /// <summary>What a person would call the symbol: <c>Service shop/cart</c>, <c>listener `http` of Gateway infra/public</c>.</summary>
    public static string Show(Symbol symbol) => symbol switch
    {
        ObjectSymbol { Key: var key } => Show(key),
        SectionSymbol section => $"{ObjectParts.NounOf(section.Owner)} `{section.Name}` of {Show(section.Owner)}",
        AnchorSymbol anchor => $"anchor `{anchor.Name}`",
        _ => "this",
    };

    public static string? NameOf(Symbol symbol) => symbol switch
    {
        ObjectSymbol { Key: var key } => key.Name,
        SectionSymbol section => section.Name,
        AnchorSymbol anchor => anchor.Name,
        _ => null,
    };

    public static string? WhyNot(Workspace workspace, Symbol symbol) => symbol switch
    {
        ObjectSymbol { Key: { Kind: "Namespace", Group: "", Name: "default" } } =>
            "The namespace `default` can't be renamed: objects that name no namespace are in it.",
        ObjectSymbol { Key: { Kind: "CustomResourceDefinition" } } =>
            "A CustomResourceDefinition can't be renamed: its name is made of the plural and the group of its kind.",
        ObjectSymbol { Key: var key } when workspace.Settings.IsComplete && key.Kind != "Namespace" && !ExportedService.WithKin(workspace, symbol).Any(one => one is ObjectSymbol { Key: var kin } && !workspace.Index.Find(kin).IsEmpty) =>
            $"{Show(key)} is not in this workspace.",
        KindSymbol or PortSymbol or SelectionSymbol => "Only names can be renamed.",
        _ => null,
    };

    /// <summary>Why the new name is none for such a thing.</summary>
    public static string? Invalid(Workspace workspace, Symbol symbol, string name)
    {
        string? wanted = symbol switch
        {
            AnchorSymbol => IsAnchor(name) ? null : "letters and digits without blanks, brackets and commas",
            SectionSymbol section when ObjectParts.NounOf(section.Owner) == "port" => NameSyntax.Label(name),
            SectionSymbol => name.Length > MaxSection ? $"at most {MaxSection} characters long" : NameSyntax.Subdomain(name),
            ObjectSymbol { Key: var key } => KindOf(workspace, key) is { } kind ? NameSyntax.Name(kind, name) : NameSyntax.Subdomain(name),
            _ => null,
        };
        return wanted is null ? null : $"`{name}` can't be the name of {Article(symbol)}; it must be {wanted}.";
    }

    /// <summary>Who has the new name already.</summary>
    public static string? Taken(Workspace workspace, Symbol symbol, string name)
    {
        switch (symbol)
        {
            case ObjectSymbol { Key: { Kind: "Namespace", Group: "" } key }:
                return TakenNamespace(workspace, key, name);
            case ObjectSymbol { Key: var key } when workspace.Index.Find(key with { Name = name }) is [var found, ..]:
                return $"There is a {Show(key with { Name = name })} already, in {Where(workspace, found)}.";
            case SectionSymbol section when workspace.Index.Find(section.Owner).Any(owner => ObjectParts.Of(owner.Object).Exists(part => ObjectParts.HasName(part, name))):
                return $"{Show(section.Owner)} has a {ObjectParts.NounOf(section.Owner)} `{name}` already.";
            case AnchorSymbol anchor when anchor.Document.Root?.DescendantsAndSelf().Any(node => node.Properties?.Anchor == name) == true:
                return $"There is an anchor `{name}` already in this document.";
            default:
                return null;
        }
    }

    /// <summary>Two namespaces may only become one as long as no two objects become one.</summary>
    private static string? TakenNamespace(Workspace workspace, ObjectKey key, string name)
    {
        if (workspace.Index.Find(key with { Name = name }) is [var other, ..] && !workspace.Index.Find(key).IsEmpty)
        {
            return $"There is a Namespace {name} already, in {Where(workspace, other)}.";
        }
        foreach (IndexedObject one in workspace.Index.All)
        {
            ManifestObject moved = one.Object;
            if (moved.Namespace == key.Name && workspace.Index.Find(new ObjectKey(moved.Gvk.Group, moved.Kind, name, moved.Name)) is [var found, ..])
            {
                return $"The namespace {name} has a {moved.Kind} {moved.Name} already, in {Where(workspace, found)}.";
            }
        }
        return null;
    }

    private static string Show(ObjectKey key) => key.Namespace.Length == 0 ? $"{key.Kind} {key.Name}" : $"{key.Kind} {key.Namespace}/{key.Name}";

    private static string Where(Workspace workspace, IndexedObject found)
    {
        ManifestDocument document = found.Object.Document;
        int line = (ObjectPlace.SlotOf(workspace, found.Path, document)?.StartLine ?? 0) + document.Lines.LineOf(ObjectPlace.HeadOf(found.Object).Start) + 1;
        return $"{ObjectPlace.FileName(found.Path)}, line {line}";
    }

    private static ResourceKind? KindOf(Workspace workspace, ObjectKey key)
    {
        foreach (ResourceKind kind in workspace.Catalog.KindsNamed(key.Kind))
        {
            if (kind.Group == key.Group)
            {
                return kind;
            }
        }
        return null;
    }

    private static string Article(Symbol symbol)
    {
        string noun = symbol switch
        {
            ObjectSymbol { Key.Kind: var kind } => kind,
            SectionSymbol { Owner: var owner } => ObjectParts.NounOf(owner),
            _ => "anchor",
        };
        return (noun[0] is 'A' or 'E' or 'I' or 'O' or 'a' ? "an " : "a ") + noun;
    }

    private static bool IsAnchor(string name)
    {
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '[' or ']' or '{' or '}' or ':' or '*' or '&' or '#')
            {
                return false;
            }
        }
        return name.Length > 0;
    }
}
