using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>A match of an HTTPRoute's rule: paths, headers, query parameters.</summary>
internal static class MatchStep
{
    private static readonly (string Old, string Type)[] PathWords =
    [
        ("prefix", "PathPrefix"), ("pathPrefix", "PathPrefix"), ("exact", "Exact"), ("regex", "RegularExpression"), ("regularExpression", "RegularExpression"),
    ];

    public static void Run(StepContext context, EditMapping match)
    {
        if (context.Target.Kind == "HTTPRoute")
        {
            Path(context, match);
            context.Rename(match, "queryParam", "queryParams", "The list `queryParams` took the place of `queryParam`.");
            Pairs(context, match, "queryParams");
        }
        context.Rename(match, "header", "headers", "The list `headers` took the place of `header`.");
        Pairs(context, match, "headers");
        if (match.Find("extensionRef") is { } extension)
        {
            context.CommentOut(match, extension, "Matches have no `extensionRef` any more: write the condition as `headers`, `queryParams` or `method`, or see whether your controller has a filter for it.");
        }
    }

    private static void Path(StepContext context, EditMapping match)
    {
        if (match.Find("pathType") is { } pathType)
        {
            string type = TypeOf((pathType.Value as EditScalar)?.Value ?? "") ?? (pathType.Value as EditScalar)?.Value ?? "PathPrefix";
            if (match.Get("path") is EditScalar { IsKnown: true } value && context.Log.Open(pathType, "`type` of the `path` took the place of `pathType`, which is Ingress's word."))
            {
                _ = context.Log.Value(value, "`path` is a mapping with `type` and `value`.");
                Edits.Replace(match.Find("path")!, Edits.Map(("type", Edits.Scalar(type)), ("value", value)));
                Edits.Remove(match, pathType);
                context.Log.Close();
            }
            else if (match.Map("path") is { } inner && inner.Find("type") is null && context.Log.Field(pathType, "`type` of the `path` took the place of `pathType`, which is Ingress's word."))
            {
                Edits.InsertAfter(inner, null, EditEntry.New("type", Edits.Scalar(type)));
                Edits.Remove(match, pathType);
            }
        }
        if (match.Get("path") is EditScalar { IsKnown: true, Raw.Length: > 0 } plain
            && context.Log.Value(plain, "`path` is a mapping with `type` and `value`; a path alone is taken as a prefix."))
        {
            Edits.Replace(match.Find("path")!, Edits.Map(("type", Edits.Scalar("PathPrefix")), ("value", plain)));
        }
        if (match.Map("path") is not { } path)
        {
            return;
        }
        context.Rename(path, "match", "type", "`type` took the place of `match`.");
        context.Rename(path, "pathType", "type", "`type` took the place of `pathType`, which is Ingress's word.");
        foreach ((string old, string type) in PathWords)
        {
            if (path.Find(old) is { } entry && path.Find("type") is null && path.Find("value") is null
                && context.Log.Field(entry, $"`type: {type}` with the path as `value` took the place of `{old}`."))
            {
                entry.Rename("value");
                Edits.InsertAfter(path, null, EditEntry.New("type", Edits.Scalar(type)));
            }
        }
        if (path.Text("type") is { } written && TypeOf(written) is { } today && written != today
            // Other capitals alone are a slip that has a finding of its own.
            && (context.Facts.Guesses || context.Log.IsOpen || !written.Equals(today, StringComparison.OrdinalIgnoreCase)))
        {
            context.SetValue(path, "type", today, written == "ImplementationSpecific"
                ? "The path type `ImplementationSpecific` is gone: `PathPrefix` is the nearest."
                : $"The path type `{written}` is called `{today}` today.");
            if (written == "ImplementationSpecific")
            {
                context.Log.Human(path.Get("type")!.Origin, "`ImplementationSpecific` meant what the old controller made of it, and `PathPrefix` is the nearest: write `Exact` or `RegularExpression` into `type` if the controller took it for one of these.");
            }
        }
    }

    private static string? TypeOf(string old) => old switch
    {
        "Prefix" or "prefix" or "PREFIX" or "Pathprefix" or "pathPrefix" or "ImplementationSpecific" => "PathPrefix",
        "exact" or "EXACT" or "ExactPath" => "Exact",
        "Regex" or "regex" or "REGEX" or "RegExp" or "Regexp" => "RegularExpression",
        _ => null,
    };

    /// <summary>
    /// <c>headers</c> and <c>queryParams</c> as a map: either <c>{type, values: {name: value}}</c> of v1alpha1 or plain
    /// <c>{name: value}</c>. A list of <c>{name, value}</c> today.
    /// </summary>
    private static void Pairs(StepContext context, EditMapping match, string field)
    {
        if (match.Map(field) is not { } map || !context.Log.Open(match.Find(field)!, $"`{field}` is a list of `name` and `value` today."))
        {
            return;
        }
        EditEntry entry = match.Find(field)!;
        EditScalar? type = map.Find("values")?.Value is EditMapping ? map.Get("type") as EditScalar : null;
        EditMapping values = map.Find("values")?.Value as EditMapping ?? map;
        if (values == map && map.Find("name")?.Value is EditScalar && map.Find("value") is not null)
        {
            Edits.WrapInList(entry);
            context.Log.Close();
            return;
        }
        var list = new EditSequence(null, isFlow: false);
        foreach (EditEntry pair in values.Entries.Where(pair => pair.Value is EditScalar).ToArray())
        {
            list.Items.Add(Pair(pair, type is { Value: not ("Exact" or "") } ? TypeOfPair(type.Value) : null));
        }
        if (type?.Value == "ImplementationSpecific")
        {
            context.Log.Human(type.Origin, "`ImplementationSpecific` meant what the old controller made of it, and `RegularExpression` is the nearest: write `Exact` into `type` if the controller compared plain values.");
        }
        Edits.Replace(entry, list);
        context.Log.Close();
    }

    private static string TypeOfPair(string old) => old == "ImplementationSpecific" ? "RegularExpression" : TypeOf(old) ?? old;

    /// <summary><c>name: value</c> as an item of a list, its comments with it.</summary>
    public static EditItem Pair(EditEntry pair, string? type = null)
    {
        EditNode value = pair.Value;
        string raw = ((EditScalar)value).Raw;
        // Values are texts; the old map took numbers and booleans for such.
        EditNode text = value.Origin is Syntax.YamlScalar { Style: Syntax.ScalarStyle.Plain } && raw.Length > 0
            ? new EditScalar(null, Diagnostics.Repairs.YamlText.Of(((EditScalar)value).Value), ((EditScalar)value).Value) { Trailing = value.Trailing }
            : value;
        EditMapping made = Edits.Map(("name", new EditScalar(null, pair.Key, pair.Name)), ("value", text));
        if (type is not null)
        {
            Edits.InsertAfter(made, null, EditEntry.New("type", Edits.Scalar(type)));
        }
        return new EditItem(made) { Above = pair.Above, Column = pair.Column };
    }
}
