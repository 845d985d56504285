using System.Collections.Frozen;
using System.Globalization;

namespace GatewayLsp.Sandbox.Protobuf;

internal enum FieldShape { Single, List, Map }

/// <summary>A field of a message.</summary>
/// <param name="Name">In JSON; empty where the members stand in the message around it.</param>
/// <param name="Scalar">The letter of a scalar type as in the table; 0 for a message.</param>
/// <param name="Message">Name of the message type; empty for a scalar.</param>
/// <param name="IsOptional">False for a field that is always written, so that its zero value says nothing.</param>
internal sealed record MessageField(string Name, FieldShape Shape, char Scalar, string Message, bool IsOptional);

/// <summary>Message types of the built-in kinds, read from a table that is part of the program. A kind's name is its message's.</summary>
internal static class MessageTypes
{
    private static readonly Lazy<FrozenDictionary<string, FrozenDictionary<int, MessageField>>> Table = new(Read);

    /// <summary>Fields by number; null for a message that is not known.</summary>
    public static FrozenDictionary<int, MessageField>? Find(string name) => Table.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, FrozenDictionary<int, MessageField>> Read()
    {
        using Stream stream = typeof(MessageTypes).Assembly.GetManifestResourceStream("protobuf/messages")!;
        using var reader = new StreamReader(stream);
        var all = new Dictionary<string, FrozenDictionary<int, MessageField>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            {
                continue;
            }
            all[line[..colon]] = line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Field)
                .ToFrozenDictionary(one => one.Number, one => one.Field);
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Number, name, type.</summary>
    private static (int Number, MessageField Field) Field(string text)
    {
        string[] parts = text.Split(' ');
        string type = parts[2].TrimStart('^', '*');
        FieldShape shape = type[0] switch { '[' => FieldShape.List, '{' => FieldShape.Map, _ => FieldShape.Single };
        type = type.TrimStart('[', '{');
        bool isMessage = type[0] == '@';
        var field = new MessageField(parts[2][0] == '^' ? "" : parts[1], shape, isMessage ? '\0' : type[0], isMessage ? type[1..] : "", parts[2][0] == '*');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), field);
    }
}
