using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.State;

/// <summary>What a running sandbox was started with, as words of the command line; empty where nothing was chosen.</summary>
internal sealed record UpChoices(string Channel, string Snapshot, string Users, string For, bool IsBare)
{
    private const string DefaultChannel = "standard";

    private (string Option, string Value)[] Values => [("--channel", Channel), ("--snapshot", Snapshot), ("--users", Users), ("--for", For), ("--bare", IsBare ? "yes" : "")];

    /// <summary>Those that are asked for and that the running sandbox does not have.</summary>
    public IEnumerable<string> MissingIn(UpChoices running)
    {
        foreach (((string option, string wanted), (_, string there)) in Values.Zip(running.Values))
        {
            string has = option == "--channel" && there.Length == 0 ? DefaultChannel : there;
            if (wanted.Length > 0 && wanted != has)
            {
                yield return option == "--bare" ? "without --bare" : has.Length == 0 ? $"without {option}" : $"with {option} {has}, not {wanted}";
            }
        }
    }

    /// <summary>The choices that are none of the usual, for people; empty when there are none.</summary>
    public string Unusual => string.Join(' ', Values.Where(one => one.Value.Length > 0 && one != ("--channel", DefaultChannel)).Select(one => one.Option == "--bare" ? one.Option : $"{one.Option} {one.Value}"));

    public JsonObject ToJson() => new() { ["channel"] = Channel, ["snapshot"] = Snapshot, ["users"] = Users, ["for"] = For, ["bare"] = IsBare };

    public static UpChoices Of(JsonNode? json) => new(json.At("channel").Text() ?? "", json.At("snapshot").Text() ?? "", json.At("users").Text() ?? "", json.At("for").Text() ?? "", json.At("bare").Truth() == true);
}
