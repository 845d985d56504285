using System.Text;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>
/// What <c>configMapGenerator</c> and <c>secretGenerator</c> make. The content of files is not looked at: their keys are known, their
/// values are not. The digest that kustomize puts behind the name is left out, in the name and where it is referred to.
/// </summary>
internal static class Generators
{
    /// <returns>Null when all went well; else what kustomize would refuse.</returns>
    public static string? Run(List<BuildObject> objects, BuildMapping kustomization)
    {
        foreach ((string list, string kind) in ((string, string)[])[("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")])
        {
            foreach (BuildNode item in (kustomization.Get(list) as BuildSequence)?.Items ?? [])
            {
                if (item is not BuildMapping wanted || wanted.TextAt("name") is not { Length: > 0 } name)
                {
                    return $"an item of `{list}` without a name";
                }
                BuildMapping data = Data(wanted, isSecret: kind == "Secret");
                string behavior = wanted.TextAt("behavior") ?? "create";
                if (behavior == "create")
                {
                    objects.Add(Make(kind, name, wanted, data, kustomization.Get("generatorOptions") as BuildMapping));
                    continue;
                }
                List<BuildObject> known = objects.FindAll(one => one.Kind == kind && one.Identities.Any(identity => identity.Name == name));
                if (known.Count != 1)
                {
                    return $"`{list}` is to {behavior} {kind} {name}, which is not there";
                }
                BuildMapping root = known[0].Root;
                if (behavior == "replace")
                {
                    root.Set("data", data, data.Origin);
                }
                else
                {
                    BuildMapping to = root.Child("data", data.Origin);
                    to.IsOpen |= data.IsOpen;
                    foreach (BuildEntry entry in data.Entries)
                    {
                        to.Set(entry.Key, entry.Value, entry.KeyOrigin);
                    }
                }
            }
        }
        return null;
    }

    private static BuildObject Make(string kind, string name, BuildMapping wanted, BuildMapping data, BuildMapping? common)
    {
        BuildOrigin? origin = wanted.Origin;
        BuildOrigin? named = wanted.Get("name")!.Origin;
        var root = new BuildMapping(origin);
        root.Set("apiVersion", BuildScalar.Text("v1", origin), origin);
        root.Set("kind", BuildScalar.Text(kind, origin), origin);
        BuildMapping metadata = root.Child("metadata", origin);
        metadata.Set("name", BuildScalar.Text(name, named), named);
        if (wanted.Get("namespace") is BuildScalar { IsNull: false } ns)
        {
            metadata.Set("namespace", ns, ns.Origin);
        }
        foreach (BuildMapping? options in (BuildMapping?[])[common, wanted.Get("options") as BuildMapping])
        {
            foreach (string key in (string[])["labels", "annotations"])
            {
                foreach (BuildEntry entry in (options?.Get(key) as BuildMapping)?.Entries ?? [])
                {
                    metadata.Child(key, entry.KeyOrigin).Set(entry.Key, entry.Value, entry.KeyOrigin);
                }
            }
        }
        root.Set("data", data, data.Origin);
        if (kind == "Secret")
        {
            root.Set("type", wanted.Get("type") ?? BuildScalar.Text("Opaque", origin), origin);
        }
        return new BuildObject(root) { IsGenerated = true };
    }

    private static BuildMapping Data(BuildMapping wanted, bool isSecret)
    {
        // The files of variables are no manifests, so their keys are not known.
        var data = new BuildMapping(wanted.Origin) { IsOpen = wanted.Get("envs") is BuildSequence { Items.Count: > 0 } || wanted.TextAt("env") is not null };
        foreach (BuildScalar literal in Texts(wanted, "literals"))
        {
            int equals = literal.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                string value = literal.Value[(equals + 1)..].Trim('"', '\'');
                data.Set(literal.Value[..equals], literal.IsOpaque ? BuildScalar.Unknown(literal.Origin)
                    : BuildScalar.Text(isSecret ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) : value, literal.Origin), literal.Origin);
            }
        }
        foreach (BuildScalar file in Texts(wanted, "files"))
        {
            int equals = file.Value.IndexOf('=', StringComparison.Ordinal);
            string path = file.Value.TrimEnd('/');
            string key = equals > 0 ? file.Value[..equals] : path[(path.LastIndexOf('/') + 1)..];
            data.Set(key, BuildScalar.Unknown(file.Origin), file.Origin);
        }
        return data;
    }

    private static IEnumerable<BuildScalar> Texts(BuildMapping wanted, string list) =>
        wanted.Get(list) is BuildSequence items ? items.Items.OfType<BuildScalar>() : [];
}
