using System.Globalization;

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
            var found = new List<Slot>();
            Find(new Slot(from[0].Root), Segments(source.TextAt("fieldPath") ?? "metadata.name"), 0, false, found, budget);
            value = found is [{ Value: { } only }] ? only : null;
            if (value is null)
            {
                return $"the source of a replacement has no `{source.TextAt("fieldPath") ?? "metadata.name"}`";
            }
            if (source.Get("options") is BuildMapping options && options.TextAt("delimiter") is { Length: > 0 } delimiter && value is BuildScalar { IsOpaque: false } text)
            {
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
        List<BuildSelector> rejects = [.. ((target.Get("reject") as BuildSequence)?.Items ?? []).OfType<BuildMapping>().Select(static one => new BuildSelector(one, isPattern: false))];
        string[] paths = target.Get("fieldPaths") is BuildSequence { Items.Count: > 0 } list
            ? [.. list.Items.OfType<BuildScalar>().Select(static one => one.Value)]
            : ["metadata.name"];
        var options = target.Get("options") as BuildMapping;
        bool create = options?.TextAt("create") == "true";
        foreach (BuildObject one in objects)
        {
            if (!select.Selects(one) || rejects.Exists(reject => reject.Selects(one)))
            {
                continue;
            }
            foreach (string path in paths)
            {
                var found = new List<Slot>();
                Find(new Slot(one.Root), Segments(path), 0, create, found, budget);
                if (found.Count == 0)
                {
                    return $"a target of a replacement has no `{path}`";
                }
                if (path is "metadata.name" or "metadata.namespace")
                {
                    one.Remember();
                }
                foreach (Slot slot in found)
                {
                    slot.Set(Joined(slot.Value, value, options, budget));
                }
            }
        }
        return null;
    }

    private static BuildNode Joined(BuildNode? known, BuildNode value, BuildMapping? options, BuildBudget budget)
    {
        if (known is not BuildScalar before || value is not BuildScalar scalar)
        {
            return value.Copy(budget);
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

    /// <summary>The steps of a path (<c>spec.rules.*.backendRefs.[name=shop].port</c>); a dot of a key is written <c>\.</c>, or the key in brackets.</summary>
    private static string[] Segments(string path)
    {
        var segments = new List<string>();
        var segment = new System.Text.StringBuilder();
        int brackets = 0;
        for (int i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\\' when i + 1 < path.Length:
                    segment.Append(path[++i]);
                    break;
                case '.' when brackets == 0:
                    segments.Add(segment.ToString());
                    segment.Clear();
                    break;
                default:
                    brackets += path[i] switch { '[' => 1, ']' => -1, _ => 0 };
                    segment.Append(path[i]);
                    break;
            }
        }
        segments.Add(segment.ToString());
        segments.RemoveAll(static one => one.Length == 0);
        return [.. segments];
    }

    private static void Find(Slot at, string[] path, int step, bool create, List<Slot> found, BuildBudget budget)
    {
        if (!budget.Take(step))
        {
            return;
        }
        if (step == path.Length)
        {
            found.Add(at);
            return;
        }
        string segment = path[step];
        switch (at.Value)
        {
            case BuildSequence list when segment == "*":
                for (int i = 0; i < list.Items.Count; i++)
                {
                    Find(new Slot(list, i), path, step + 1, create, found, budget);
                }
                break;
            case BuildSequence list when segment is ['[', .., ']'] && segment.IndexOf('=', StringComparison.Ordinal) is > 1 and var equals:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    if (list.Items[i] is BuildMapping item && item.TextAt(segment[1..equals]) == segment[(equals + 1)..^1])
                    {
                        Find(new Slot(list, i), path, step + 1, create, found, budget);
                    }
                }
                break;
            case BuildSequence list when int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Count:
                Find(new Slot(list, index), path, step + 1, create, found, budget);
                break;
            case BuildMapping mapping when segment == "*":
                foreach (BuildEntry entry in mapping.Entries)
                {
                    Find(new Slot(mapping, entry.Key), path, step + 1, create, found, budget);
                }
                break;
            case BuildMapping mapping:
                string key = segment is ['[', .., ']'] ? segment[1..^1] : segment;
                if (mapping.Find(key) is not null)
                {
                    Find(new Slot(mapping, key), path, step + 1, create, found, budget);
                }
                else if (create)
                {
                    if (step + 1 < path.Length)
                    {
                        mapping.Child(key, null);
                    }
                    Find(new Slot(mapping, key), path, step + 1, create, found, budget);
                }
                break;
        }
    }

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
