using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayLsp.Server.Protocol;

/// <summary>What the client can do, as far as it changes what we send. Everything absent or odd counts as "cannot".</summary>
internal sealed record ClientFeatures
{
    public bool PullsDiagnostics { get; init; }

    public bool RefreshesDiagnostics { get; init; }

    public bool RelatedInformation { get; init; }

    public bool DiagnosticTags { get; init; }

    /// <summary>The language of the editor (BCP 47), where it tells.</summary>
    public string? Locale { get; init; }

    public bool Snippets { get; init; }

    public bool EditRangeDefault { get; init; }

    /// <summary>Says that it can indent the lines of an insertion by the blanks at the cursor's line.</summary>
    public bool AdjustsIndentation { get; init; }

    public bool HierarchicalSymbols { get; init; }

    /// <summary>Also for a client that does not say.</summary>
    public bool MarkdownHover { get; init; } = true;

    /// <summary>Also for a client that does not say.</summary>
    public bool MarkdownCompletion { get; init; } = true;

    public bool VersionedEdits { get; init; }

    /// <summary>Takes edits of a workspace with tab stops (LSP 3.18).</summary>
    public bool SnippetEdits { get; init; }

    /// <summary>Takes edits that make a file.</summary>
    public bool CreatesFiles { get; init; }

    /// <summary>Asks for the edits of the action that is chosen.</summary>
    public bool ResolvesActions { get; init; }

    public bool ShowsDocuments { get; init; }

    public bool Configuration { get; init; }

    public bool RegistersConfigurationChanges { get; init; }

    public bool RegistersFileWatchers { get; init; }

    public bool Progress { get; init; }

    public bool DefinitionLinks { get; init; }

    public bool DeclarationLinks { get; init; }

    public bool TypeDefinitionLinks { get; init; }

    public bool ImplementationLinks { get; init; }

    /// <summary>Takes edits that say why they are made, and asks the user where they want it.</summary>
    public bool ChangeAnnotations { get; init; }

    public bool RefreshesInlayHints { get; init; }

    public bool RefreshesCodeLenses { get; init; }

    /// <summary>Commands of ours that the client has, from <c>initializationOptions.commands</c>.</summary>
    public IReadOnlySet<string> Commands { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Folder (a URI) in which the client has the pages of the rules; from <c>initializationOptions.rulePages</c>.</summary>
    public string? RulePages { get; init; }

    /// <summary>Knows the command that opens the list of offers, as VS Code does; from <c>initializationOptions.triggerSuggest</c>.</summary>
    public bool TriggersSuggest { get; init; }

    /// <summary>The user trusts the workspace, from <c>initializationOptions.trusted</c>; without it nothing is asked or run for a cluster.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Where the client can open the page of a code; null when it has none or does not show such links.</summary>
    public string? RulePage(string code) => RulePages is { } folder ? $"{folder.TrimEnd('/')}/{code}.md" : null;

    public static ClientFeatures Read(JsonElement capabilities, JsonElement options = default)
    {
        var text = Child(capabilities, "textDocument"u8);
        var workspace = Child(capabilities, "workspace"u8);
        var completion = Child(text, "completion"u8);
        var item = Child(completion, "completionItem"u8);
        var published = Child(text, "publishDiagnostics"u8);
        var pull = Child(text, "diagnostic"u8);
        var defaults = Child(Child(completion, "completionList"u8), "itemDefaults"u8);
        var links = Flag(published, "codeDescriptionSupport"u8) || Flag(pull, "codeDescriptionSupport"u8);
        var action = Child(text, "codeAction"u8);
        var pages = Child(options, "rulePages"u8);
        return new ClientFeatures
        {
            RulePages = links && pages.ValueKind == JsonValueKind.String ? pages.GetString() : null,
            TriggersSuggest = Flag(options, "triggerSuggest"u8),
            IsTrusted = Flag(options, "trusted"u8),
            PullsDiagnostics = pull.ValueKind == JsonValueKind.Object,
            RefreshesDiagnostics = Flag(Child(workspace, "diagnostics"u8), "refreshSupport"u8),
            RelatedInformation = Flag(published, "relatedInformation"u8) || Flag(pull, "relatedInformation"u8),
            DiagnosticTags = Child(published, "tagSupport"u8).ValueKind == JsonValueKind.Object,
            Snippets = Flag(item, "snippetSupport"u8),
            EditRangeDefault = Lists(defaults, "editRange"),
            AdjustsIndentation = Lists(Child(Child(item, "insertTextModeSupport"u8), "valueSet"u8), (int)InsertTextMode.AdjustIndentation),
            HierarchicalSymbols = Flag(Child(text, "documentSymbol"u8), "hierarchicalDocumentSymbolSupport"u8),
            MarkdownHover = MayUse(Child(Child(text, "hover"u8), "contentFormat"u8), "markdown"),
            MarkdownCompletion = MayUse(Child(item, "documentationFormat"u8), "markdown"),
            VersionedEdits = Flag(Child(workspace, "workspaceEdit"u8), "documentChanges"u8),
            SnippetEdits = Flag(Child(workspace, "workspaceEdit"u8), "snippetEditSupport"u8),
            CreatesFiles = Flag(Child(workspace, "workspaceEdit"u8), "documentChanges"u8) && Lists(Child(Child(workspace, "workspaceEdit"u8), "resourceOperations"u8), "create"),
            ResolvesActions = Flag(action, "dataSupport"u8) && Lists(Child(Child(action, "resolveSupport"u8), "properties"u8), "edit"),
            ShowsDocuments = Flag(Child(Child(capabilities, "window"u8), "showDocument"u8), "support"u8),
            ChangeAnnotations = Child(Child(workspace, "workspaceEdit"u8), "changeAnnotationSupport"u8).ValueKind == JsonValueKind.Object,
            DefinitionLinks = Flag(Child(text, "definition"u8), "linkSupport"u8),
            DeclarationLinks = Flag(Child(text, "declaration"u8), "linkSupport"u8),
            TypeDefinitionLinks = Flag(Child(text, "typeDefinition"u8), "linkSupport"u8),
            ImplementationLinks = Flag(Child(text, "implementation"u8), "linkSupport"u8),
            RefreshesInlayHints = Flag(Child(workspace, "inlayHint"u8), "refreshSupport"u8),
            RefreshesCodeLenses = Flag(Child(workspace, "codeLens"u8), "refreshSupport"u8),
            Commands = Texts(Child(options, "commands"u8)),
            Configuration = Flag(workspace, "configuration"u8),
            RegistersConfigurationChanges = Flag(Child(workspace, "didChangeConfiguration"u8), "dynamicRegistration"u8),
            RegistersFileWatchers = Flag(Child(workspace, "didChangeWatchedFiles"u8), "dynamicRegistration"u8),
            Progress = Flag(Child(capabilities, "window"u8), "workDoneProgress"u8),
        };
    }

    private static JsonElement Child(JsonElement element, ReadOnlySpan<byte> name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static bool Flag(JsonElement element, ReadOnlySpan<byte> name) => Child(element, name).ValueKind == JsonValueKind.True;

    private static ImmutableHashSet<string> Texts(JsonElement array) => array.ValueKind != JsonValueKind.Array
        ? []
        : [.. array.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!)];

    private static bool MayUse(JsonElement array, string value) => array.ValueKind != JsonValueKind.Array || Lists(array, value);

    private static bool Lists(JsonElement array, string value)
    {
        if (array.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in array.EnumerateArray())
            {
                if (entry.ValueKind == JsonValueKind.String && entry.ValueEquals(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Lists(JsonElement array, int value)
    {
        if (array.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in array.EnumerateArray())
            {
                if (entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out var number) && number == value)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
