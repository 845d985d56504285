using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Routing.Matching;

/// <summary>How a rule chooses by service and method of a gRPC call (GRPCMethodMatch); an empty part matches all.</summary>
internal sealed class CallMatcher
{
    public static readonly CallMatcher Everything = new("", "", isPattern: false);

    private readonly PatternMatcher? _servicePattern;
    private readonly PatternMatcher? _methodPattern;

    public CallMatcher(string service, string method, bool isPattern)
    {
        Service = service;
        Method = method;
        IsPattern = isPattern;
        _servicePattern = isPattern && service.Length > 0 ? WholePattern.Of(service) : null;
        _methodPattern = isPattern && method.Length > 0 ? WholePattern.Of(method) : null;
    }

    public string Service { get; }

    public string Method { get; }

    public bool IsPattern { get; }

    public bool Matches(string service, string method) =>
        Part(Service, _servicePattern, service) && Part(Method, _methodPattern, method);

    /// <summary>Negative when this one takes precedence.</summary>
    public int CompareTo(CallMatcher other)
    {
        int byService = other.Service.Length.CompareTo(Service.Length);
        return byService != 0 ? byService : other.Method.Length.CompareTo(Method.Length);
    }

    public override string ToString() => (Service.Length, Method.Length) switch
    {
        (0, 0) => "all calls",
        (_, 0) => $"calls of service {Service}",
        (0, _) => $"calls of method {Method}",
        _ => $"calls of {Service}/{Method}",
    };

    private static bool Part(string wanted, PatternMatcher? pattern, string actual) =>
        wanted.Length == 0 || (pattern is null ? wanted.Equals(actual, StringComparison.Ordinal) : pattern.IsMatch(actual));
}
