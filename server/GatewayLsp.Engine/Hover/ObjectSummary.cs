using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>In a few lines of Markdown what others need to know of an object to refer to it. Never the content of a Secret.</summary>
internal static class ObjectSummary
{
    private const int MaxLines = 16;

    /// <summary>Empty when there is nothing to say.</summary>
    public static string Of(ManifestObject one) => (one.Gvk.Group, one.Kind) switch
    {
        ("", "Service") => List("Ports", one.At("spec", "ports"), ObjectLabels.Port),
        ("multicluster.x-k8s.io" or "net.gke.io", "ServiceImport") => List("Ports", one.At("spec", "ports"), ObjectLabels.Port),
        ("gateway.networking.k8s.io", "Gateway" or "ListenerSet") => List("Listeners", one.At("spec", "listeners"), ObjectLabels.Listener),
        ("gateway.networking.x-k8s.io", "XListenerSet") => List("Listeners", one.At("spec", "listeners"), ObjectLabels.Listener),
        ("gateway.networking.k8s.io", "GatewayClass") => one.At("spec", "controllerName").Text() is { Length: > 0 } controller ? "Controller " + FieldDocumentation.Code(controller) : "",
        ("", "Secret") => Secret(one),
        ("", "ConfigMap") => Keys(one.At("data"), one.At("binaryData")),
        _ => "",
    };

    private static string Secret(ManifestObject one)
    {
        string keys = Keys(one.At("data"), one.At("stringData"));
        string type = "Type " + FieldDocumentation.Code(one.At("type").Text() ?? "Opaque");
        return keys.Length == 0 ? type : type + ". " + keys;
    }

    private static string Keys(params ReadOnlySpan<YamlNode?> maps)
    {
        var names = new List<string>();
        foreach (YamlNode? map in maps)
        {
            if (map is YamlMapping mapping)
            {
                foreach (YamlEntry entry in mapping.Entries)
                {
                    names.Add(FieldDocumentation.Code(entry.Name));
                }
            }
        }
        return names.Count == 0 ? "" : $"Keys: {string.Join(", ", names.Take(MaxLines))}{(names.Count > MaxLines ? $" and {names.Count - MaxLines} more" : "")}";
    }

    private static string List(string title, YamlNode? list, Func<YamlMapping, string> label)
    {
        if (list is not YamlSequence { Items.Length: > 0 } items)
        {
            return "";
        }
        var text = new StringBuilder(title).Append(':');
        int shown = 0;
        foreach (YamlNode item in items.Items)
        {
            if (item.Resolved() is YamlMapping mapping && shown++ < MaxLines)
            {
                text.Append("\n- ").Append(FieldDocumentation.Escape(label(mapping)));
            }
        }
        if (shown > MaxLines)
        {
            text.Append("\n- and ").Append(shown - MaxLines).Append(" more");
        }
        return text.ToString();
    }
}
