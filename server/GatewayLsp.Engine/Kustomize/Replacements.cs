using System.Globalization;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Kustomize;

/// <summary><c>replacements</c> of a kustomization: a value of one object is copied into others.</summary>
internal static class Replacements
{
    /// <returns>Null when it was done; else what kustomize would refuse.</returns>
    public static string? Apply(List<BuildObject> objects, BuildMapping replacement, BuildBudget budget)
    {
        BuildNode? value;
        if (replacement.Get("sourceValue") is BuildScalar given)
        {
            value = given;
        }
        else
        {
            if (replacement.Get("source") is not BuildMapping source)
            {
                return "a replacement without a source";
            }
            var select = new BuildSelector(source, isPattern: false);
            List<BuildObject> from = objects.FindAll(select.Selects);
            if (from.Count != 1)
            {
                return $"the source of a replacement is {(from.Count == 0 ? "not there" : "not one object")}";
            }
            value = Lookup(from[0].Root, Segments(source.TextAt("fieldPath") ?? "metadata.name"));
            if (replacement.Get("targets") is not BuildSequence)
            {
                return "a replacement without targets";
            }
            if (value is BuildScalar { IsNull: true } or BuildMapping { Entries.Count: 0 } or BuildSequence { Items.Count: 0 })
            {
                value = null;
            }
            if (value is null)
            {
                return $"the source of a replacement has no `{source.TextAt("fieldPath") ?? "metadata.name"}`";
            }
            if (source.Get("options") is BuildMapping options && options.TextAt("delimiter") is { Length: > 0 } delimiter && value is not BuildScalar { IsOpaque: true })
            {
                if (value is not BuildScalar text)
                {
                    return "the source of a replacement is no text that could be split";
                }
                string[] parts = text.Value.Split(delimiter);
                int index = Index(options);
                if (index < 0 || index >= parts.Length)
                {
                    return "the source of a replacement has no such part";
                }
                value = BuildScalar.Text(parts[index], text.Origin);
            }
        }
        foreach (BuildMapping target in ((replacement.Get("targets") as BuildSequence)?.Items ?? []).OfType<BuildMapping>())
        {
            if (Into(objects, target, value, budget) is { } problem)
            {
                return problem;
            }
        }
        return null;
    }

    private static string? Into(List<BuildObject> objects, BuildMapping target, BuildNode value, BuildBudget budget)
    {
        if (target.Get("select") is not BuildMapping wanted)
        {
            return "a target of a replacement without `select`";
        }
        var select = new BuildSelector(wanted, isPattern: false);
        if (!select.IsUsable)
        {
            return "a selector of a replacement is not understood";
        }
        List<BuildSelector> rejects = [.. ((target.Get("reject") as BuildSequence)?.Items ?? []).OfType<BuildMapping>().Select(static one => new BuildSelector(one, isPattern: false))];
        string[] paths = target.Get("fieldPaths") is BuildSequence { Items.Count: > 0 } list
            ? [.. list.Items.OfType<BuildScalar>().Select(static one => one.Value)]
            : ["metadata.name"];
        var options = target.Get("options") as BuildMapping;
        bool create = options?.IsTrue("create") == true;
        foreach (BuildObject one in objects)
        {
            if (!select.Selects(one) || rejects.Exists(reject => reject.Selects(one)))
            {
                continue;
            }
            foreach (string path in paths)
            {
                var found = new List<Slot>();
                if (!Find(new Slot(one.Root), Segments(path), 0, create, found, budget) || found.Count == 0)
                {
                    return $"a target of a replacement has no `{path}`";
                }
                foreach (Slot slot in found)
                {
                    if (Joined(slot.Value, value, options, budget) is not { } joined)
                    {
                        return $"`{path}` of a replacement is no text that could be split";
                    }
                    slot.Set(joined);
                }
            }
        }
        return null;
    }

    /// <summary>Null where texts are to be joined and there is something else.</summary>
    private static BuildNode? Joined(BuildNode? known, BuildNode value, BuildMapping? options, BuildBudget budget)
    {
        bool isPart = options?.TextAt("delimiter") is { Length: > 0 };
        if (known is null && value is BuildScalar { IsOpaque: false } only && !isPart)
        {
            // Of a scalar only the text is taken: what it is says how it looks.
            return new BuildScalar(only.Value, isPlain: true, null, isOpaque: false, only.Origin);
        }
        if (known is not BuildScalar before || value is not BuildScalar scalar)
        {
            return isPart && known is not null ? null : value.Copy(budget);
        }
        if (scalar.IsOpaque)
        {
            return BuildScalar.Unknown(scalar.Origin);
        }
        string text = scalar.Value;
        if (options?.TextAt("delimiter") is { Length: > 0 } delimiter)
        {
            List<string> parts = [.. before.Value.Split(delimiter)];
            int index = Index(options);
            if (index < 0)
            {
                parts.Insert(0, text);
            }
            else if (index >= parts.Count)
            {
                parts.Add(text);
            }
            else
            {
                parts[index] = text;
            }
            text = string.Join(delimiter, parts);
            if (!budget.TakeText(text))
            {
                return before;
            }
            return before.IsOpaque ? BuildScalar.Unknown(scalar.Origin) : new BuildScalar(text, before.IsPlain, before.Tag, isOpaque: false, scalar.Origin);
        }
        // Only the text is copied: a number stays one, whatever the source was.
        return new BuildScalar(text, before is { IsPlain: true, IsNull: false } || (before.IsNull && scalar.IsPlain), before.Tag, isOpaque: false, scalar.Origin);
    }

    private static int Index(BuildMapping options) =>
        int.TryParse(options.TextAt("index") ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) ? index : 0;

    /// <summary>
    /// The steps of a path (<c>spec.rules.*.backendRefs.[name=shop].port</c>); a dot of a key is written <c>\.</c>, or the key in brackets, which
    /// go away where there is a dot between them.
    /// </summary>
    private static string[] Segments(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('.', BuildBudget.MaxDepth + 2))
        {
            if (parts.Count > 0 && parts[^1].EndsWith('\\'))
            {
                parts[^1] = parts[^1][..^1] + "." + part;
            }
            else if (parts.Count > 0 && parts[^1].StartsWith('[') && !parts[^1].EndsWith(']'))
            {
                parts[^1] += "." + part;
                if (part.EndsWith(']') && !parts[^1].Contains('=', StringComparison.Ordinal))
                {
                    parts[^1] = parts[^1].Trim('[', ']');
                }
            }
            else
            {
                parts.Add(part);
            }
        }
        parts.RemoveAll(static one => one.Length == 0);
        return [.. parts];
    }

    /// <summary>The one place that a source names; null when it is not there.</summary>
    private static BuildNode? Lookup(BuildNode root, string[] path)
    {
        BuildNode? at = root;
        foreach (string step in path)
        {
            at = at switch
            {
                BuildSequence list when step == "-" => list.Items.Count > 0 ? list.Items[^1] : null,
                BuildSequence list when IndexOf(step) is { } index => index < list.Items.Count ? list.Items[index] : null,
                BuildSequence list when Condition(step) is { } wanted => list.Items.Find(item => TextOf(item, wanted.Field) == wanted.Value),
                BuildMapping mapping when !IsInBrackets(step) => mapping.Get(step),
                _ => null,
            };
        }
        return at;
    }

    /// <returns>False where the path can't be followed, which is more than that it leads to nothing.</returns>
    private static bool Find(Slot at, string[] path, int step, bool create, List<Slot> found, BuildBudget budget)
    {
        if (!budget.Take(step))
        {
            return false;
        }
        if (step == path.Length)
        {
            found.Add(at);
            return true;
        }
        string segment = path[step];
        if (IndexOf(segment) is { } index)
        {
            if (at.Value is not BuildSequence list || index > list.Items.Count || (index == list.Items.Count && !create))
            {
                return false;
            }
            if (index == list.Items.Count)
            {
                list.Items.Add(Made(path, step));
            }
            return Find(new Slot(list, index), path, step + 1, create, found, budget);
        }
        if (IsInBrackets(segment) || segment == "*")
        {
            PatternMatcher? pattern = null;
            string field = "";
            if (segment != "*")
            {
                if (Condition(segment) is not { } wanted || PatternMatcher.Of(wanted.Value) is not { IsUsable: true } matcher)
                {
                    return false;
                }
                (field, pattern) = (wanted.Field, matcher);
            }
            return at.Value is BuildSequence list && Items(list, field, pattern, path, step, create, found, budget);
        }
        if (at.Value is not BuildMapping mapping)
        {
            return false;
        }
        if (mapping.Find(segment) is null)
        {
            if (!create)
            {
                return true;
            }
            if (step + 1 < path.Length)
            {
                mapping.Set(segment, Made(path, step), null);
            }
        }
        return Find(new Slot(mapping, segment), path, step + 1, create, found, budget);
    }

    /// <summary>All items, or those of which a field fits a pattern anywhere; with none, one is made.</summary>
    private static bool Items(BuildSequence list, string field, PatternMatcher? pattern, string[] path, int step, bool create, List<Slot> found, BuildBudget budget)
    {
        int before = found.Count;
        for (int i = 0; i < list.Items.Count; i++)
        {
            if ((pattern is null || (TextOf(list.Items[i], field) is { } text && pattern.IsMatch(text))) && !Find(new Slot(list, i), path, step + 1, create, found, budget))
            {
                return false;
            }
        }
        if (pattern is null || found.Count > before || !create || Condition(path[step]) is not { } wanted)
        {
            return true;
        }
        var value = new BuildScalar(wanted.Value, isPlain: true, null, isOpaque: false, null);
        if (field.Length == 0)
        {
            list.Items.Add(value);
        }
        else
        {
            var made = new BuildMapping(null);
            made.Set(field, value, null);
            list.Items.Add(made);
        }
        return Find(new Slot(list, list.Items.Count - 1), path, step + 1, create, found, budget);
    }

    /// <summary>What a step leads to that is not there yet: a list where the next one is a place in it.</summary>
    private static BuildNode Made(string[] path, int step) =>
        step + 1 == path.Length ? new BuildScalar("", isPlain: true, null, isOpaque: false, null)
        : IsInBrackets(path[step + 1]) || IndexOf(path[step + 1]) is not null ? new BuildSequence(null) : new BuildMapping(null);

    private static string? TextOf(BuildNode item, string field) =>
        field.Length == 0 ? (item as BuildScalar)?.Value : (item as BuildMapping)?.TextAt(field);

    private static int? IndexOf(string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;

    private static bool IsInBrackets(string step) => step.StartsWith('[') && step.EndsWith(']');

    /// <summary><c>[name=shop]</c>; without a field the item itself is meant.</summary>
    private static (string Field, string Value)? Condition(string step) =>
        IsInBrackets(step) && step.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (step[1..equals], step[(equals + 1)..^1]) : null;

    /// <summary>A place that can be given another value.</summary>
    private readonly struct Slot
    {
        private readonly BuildNode _holder;
        private readonly string? _key;
        private readonly int _index;

        public Slot(BuildMapping root) => (_holder, _key, _index) = (root, null, -1);

        public Slot(BuildMapping holder, string key) => (_holder, _key, _index) = (holder, key, -1);

        public Slot(BuildSequence holder, int index) => (_holder, _key, _index) = (holder, null, index);

        public BuildNode? Value => _key is not null ? ((BuildMapping)_holder).Get(_key) : _index >= 0 ? ((BuildSequence)_holder).Items[_index] : _holder;

        public void Set(BuildNode value)
        {
            if (_key is not null)
            {
                ((BuildMapping)_holder).Set(_key, value, value.Origin);
            }
            else if (_index >= 0)
            {
                ((BuildSequence)_holder).Items[_index] = value;
            }
        }
    }
}
