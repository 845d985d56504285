using System.Collections.Immutable;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Server.Sending;

/// <summary>A backend with what it should get and what it got.</summary>
/// <param name="Differs">The number is farther from the share than chance explains (three standard deviations).</param>
internal sealed record BackendCount(BackendTarget Target, Share Share, int Count, bool Differs, ImmutableSortedDictionary<string, int> Pods);

/// <summary>What a number of equal requests came to.</summary>
internal sealed record TestResult(TestPlan Plan, ImmutableArray<BackendCount> Backends)
{
    private const double Deviations = 3;
    private const string Refused = "refused";

    /// <summary>Answers that do not tell who gave them.</summary>
    public int Untold { get; private init; }

    public int Sent { get; private init; }

    public ImmutableSortedDictionary<string, int> Statuses { get; private init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Requests without an answer, by reason.</summary>
    public ImmutableSortedDictionary<string, int> Errors { get; private init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Half of the answers came within this time; zero without any.</summary>
    public TimeSpan Median { get; private init; }

    public TimeSpan Slowest99 { get; private init; }

    /// <summary>The first answer.</summary>
    public TestAnswer? Sample { get; private init; }

    public string? CertificateProblem { get; private init; }

    /// <summary>Answers with a status that the trace does not foretell.</summary>
    public int Unexpected { get; private init; }

    /// <summary>Everything was answered, and as the cluster's objects say.</summary>
    public bool IsAsExpected => Errors.IsEmpty && Unexpected == 0 && !Backends.Any(one => one.Differs);

    public static TestResult Of(TestPlan plan, IReadOnlyList<TestAnswer> answers)
    {
        var reader = new AnswerReader(plan.Expected);
        int[] counts = new int[plan.Expected.Length];
        var pods = new SortedDictionary<string, int>[counts.Length];
        var statuses = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var latencies = new List<TimeSpan>();
        int untold = 0;
        int unexpected = 0;
        foreach (TestAnswer answer in answers)
        {
            // A connection that nobody takes is what is foretold where no backend is there.
            string? seen = answer.Status ?? (plan.Trace.Response is { IsRejected: true } ? Refused : null);
            if (seen is not { } status)
            {
                errors[answer.Error!] = errors.GetValueOrDefault(answer.Error!) + 1;
                continue;
            }
            latencies.Add(answer.Latency);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            unexpected += IsForetold(plan.Trace, status) ? 0 : 1;
            (int backend, string? pod) = reader.Who(answer);
            if (backend < 0)
            {
                untold++;
                continue;
            }
            counts[backend]++;
            if (pod is not null)
            {
                SortedDictionary<string, int> known = pods[backend] ??= new SortedDictionary<string, int>(StringComparer.Ordinal);
                known[pod] = known.GetValueOrDefault(pod) + 1;
            }
        }
        latencies.Sort();
        int told = counts.Sum();
        var backends = ImmutableArray.CreateBuilder<BackendCount>(counts.Length);
        for (int i = 0; i < counts.Length; i++)
        {
            ExpectedBackend expected = plan.Expected[i];
            // Where some answers don't tell, the ones that do need not be a fair sample.
            bool differs = untold == 0 && told > 0 && Differs(counts[i], told, expected.Share.Value);
            backends.Add(new BackendCount(expected.Target, expected.Share, counts[i], differs, pods[i]?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, int>.Empty));
        }
        return new TestResult(plan, backends.ToImmutable())
        {
            Untold = untold,
            Sent = answers.Count,
            Statuses = statuses.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Errors = errors.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Median = latencies.Count == 0 ? TimeSpan.Zero : latencies[(latencies.Count - 1) / 2],
            Slowest99 = latencies.Count == 0 ? TimeSpan.Zero : latencies[(int)Math.Ceiling(latencies.Count * 0.99) - 1],
            Sample = answers.FirstOrDefault(answer => answer.Status is not null),
            CertificateProblem = answers.FirstOrDefault(answer => answer.CertificateProblem is not null)?.CertificateProblem,
            Unexpected = unexpected,
        };
    }

    private static bool Differs(int count, int all, double share)
    {
        double allowed = (Deviations * Math.Sqrt(all * share * (1 - share))) + (share is > 0 and < 1 ? 1 : 0);
        return Math.Abs(count - (all * share)) > allowed;
    }

    /// <summary>A backend may answer what it likes; a gateway that answers itself is held to its word. 5xx is nobody's wish.</summary>
    private static bool IsForetold(RequestTrace trace, string status)
    {
        if (trace.Redirect is { } redirect)
        {
            return status == redirect.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        if (trace.Response is { } response)
        {
            if (response.IsRejected)
            {
                return status == Refused;
            }
            return response.GrpcCode is not null
                ? status.StartsWith("grpc ", StringComparison.Ordinal) && status != "grpc 0"
                : response.StatusCodes.Any(code => status == code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        if (status is "connected" or "answered")
        {
            return true;
        }
        bool mayFail = trace.Backends.Any(one => !one.Share.IsNone && !one.Target.IsValid);
        return mayFail || !(status.Length == 3 && status[0] == '5');
    }
}
