using System.Globalization;

namespace GatewayLsp.Fuzz;

/// <summary>The command line of the fuzzer.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = """
        GatewayLsp.Fuzz [--documents N] [--cel N] [--protocol N] [--seed S] [--time SECONDS] [--only I] [--server FILE] [--out DIR] [--tap FILE]

          --documents N   texts to try on the engine: mutated manifests and replayed typing (default 2000)
          --cel N         random rules (CEL) to compile and evaluate (default 0)
          --protocol N    random LSP steps against a built server (default 0)
          --seed S        same seed, same inputs (default 1)
          --time SECONDS  stop earlier when this is over
          --only I        only the document of that number, on one thread: to look into a failure
          --server FILE   the server executable (default: GATEWAY_LSP_BIN, else out/gateway-lsp)
          --out DIR       where failing inputs are saved (default out/fuzz)
          --tap FILE      append the results as TAP lines

        Exit code: 0 nothing found, 1 failures, 2 wrong usage.
        """;

    public int Documents { get; init; } = 2000;

    public int CelExpressions { get; init; }

    public int ProtocolSteps { get; init; }

    public int Seed { get; init; } = 1;

    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    public int? Only { get; init; }

    public string? Server { get; init; }

    public string? Out { get; init; }

    public string? Tap { get; init; }

    /// <summary>Null when the arguments make no sense.</summary>
    public static FuzzOptions? Parse(string[] args)
    {
        var options = new FuzzOptions();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            FuzzOptions? next = args[i] switch
            {
                "--documents" when isNumber => options with { Documents = number },
                "--cel" when isNumber => options with { CelExpressions = number },
                "--protocol" when isNumber => options with { ProtocolSteps = number },
                "--seed" when isNumber => options with { Seed = number },
                "--time" when isNumber => options with { Time = TimeSpan.FromSeconds(number) },
                "--only" when isNumber => options with { Only = number },
                "--server" => options with { Server = value },
                "--out" => options with { Out = value },
                "--tap" => options with { Tap = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }
            options = next;
        }
        return args.Length % 2 == 0 ? options : null;
    }
}
