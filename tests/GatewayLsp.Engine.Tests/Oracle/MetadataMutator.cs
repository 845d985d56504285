using System.Globalization;
using System.Text.Json.Nodes;

namespace GatewayLsp.Engine.Tests.Oracle;

/// <summary>Objects with one to three faults in their metadata, always the same ones for a seed.</summary>
internal sealed class MetadataMutator(int seed)
{
    private static readonly string[] Words =
        ["a", "a-b", "A_b", "a.b/c", "a/b/c", "a b", "-a", "a-", "", "foo", "orphan", "foregroundDeletion", "example.com/x", "/x", "x/", "a.", "a..b", "v1", "apps/v1", "9", "é", "a:b", "a%b"];

    private static readonly string[] Times = ["2020-01-01T00:00:00Z", "2031-05-05T01:02:03Z"];

    private readonly Random _random = new(seed);

    /// <summary>Changes the metadata of an object. Some changes are no faults.</summary>
    public void Mutate(JsonObject metadata, bool isStored)
    {
        int faults = _random.Next(1, 4);
        for (int i = 0; i < faults; i++)
        {
            Once(metadata, isStored);
        }
    }

    private void Once(JsonObject metadata, bool isStored)
    {
        switch (_random.Next(16))
        {
            case 0 or 1:
                Map(metadata, "labels");
                break;
            case 2:
                Map(metadata, "annotations");
                break;
            case 3 or 4:
                metadata["finalizers"] = new JsonArray([.. Some(() => JsonValue.Create(Finalizer()))]);
                break;
            case 5 or 6 or 7:
                metadata["ownerReferences"] = new JsonArray([.. Some(Owner)]);
                break;
            case 8:
                metadata["generateName"] = Text();
                break;
            case 9 when !isStored:
                metadata.Remove("name");
                metadata["generateName"] = Text();
                break;
            case 9 or 10:
                metadata["name"] = isStored && _random.Next(3) > 0 ? metadata["name"]?.DeepClone() : Text();
                break;
            case 11:
                metadata[isStored || _random.Next(2) == 0 ? "deletionTimestamp" : "creationTimestamp"] = Times[_random.Next(Times.Length)];
                break;
            case 12:
                metadata[_random.Next(2) == 0 ? "deletionGracePeriodSeconds" : "generation"] = _random.Next(-2, 40);
                break;
            case 13:
                metadata["selfLink"] = Text();
                break;
            case 14:
                metadata["uid"] = Text();
                break;
            default:
                metadata["managedFields"] = _random.Next(2) == 0 ? new JsonArray() : new JsonArray(new JsonObject
                {
                    ["manager"] = Text(), ["operation"] = _random.Next(2) == 0 ? "Apply" : Text(), ["apiVersion"] = Text(), ["fieldsType"] = "FieldsV1", ["fieldsV1"] = new JsonObject(),
                });
                break;
        }
    }

    private void Map(JsonObject metadata, string field)
    {
        var map = new JsonObject();
        for (int i = _random.Next(0, 3); i >= 0; i--)
        {
            map[Text()] = Text();
        }
        metadata[field] = map;
    }

    private JsonObject Owner()
    {
        var owner = new JsonObject();
        foreach (string field in (string[])["apiVersion", "kind", "name", "uid"])
        {
            owner[field] = _random.Next(3) == 0 ? Text() : field == "apiVersion" ? "v1" : field == "kind" && _random.Next(3) == 0 ? "Event" : "x" + _random.Next(3).ToString(CultureInfo.InvariantCulture);
        }
        if (_random.Next(3) == 0)
        {
            owner["controller"] = _random.Next(3) > 0;
        }
        return owner;
    }

    private string Finalizer() => _random.Next(3) switch { 0 => "orphan", 1 => "foregroundDeletion", _ => Text() };

    private IEnumerable<JsonNode> Some(Func<JsonNode> make)
    {
        for (int i = _random.Next(0, 4); i > 0; i--)
        {
            yield return make();
        }
    }

    private string Text() => _random.Next(12) == 0 ? new string('a', 1 << _random.Next(5, 9)) : Words[_random.Next(Words.Length)];
}
