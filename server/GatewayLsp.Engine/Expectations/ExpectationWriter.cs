using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Expectations;

/// <summary>A request and what becomes of it, to be kept as an expectation beside the route or Gateway; exactly one of Edit and Problem is set.</summary>
/// <param name="Text">Without <c># expect:</c>; empty with a problem.</param>
public sealed record NewExpectation(string Text, FileEdit? Edit, string? Problem);

/// <summary>Writes down what a trace found, in the form that <see cref="ExpectationReader"/> reads, above the first line of the object.</summary>
internal static class ExpectationWriter
{
    private const string Mark = "# expect: ";

    /// <param name="workspace">The world that the request was followed in.</param>
    public static NewExpectation Of(Workspace workspace, TraceRequest request, RequestTrace trace)
    {
        if (trace.Problem != TraceProblem.None)
        {
            return No("The request can't be followed.");
        }
        if (request.Gateway is not { } gateway)
        {
            return No("Expectations are about requests to a Gateway, not about those within a mesh.");
        }
        var key = trace.Route is { } taken
            ? new ObjectKey(ApiGroups.Gateway, taken.Kind, taken.Namespace, taken.Name)
            : new ObjectKey(ApiGroups.Gateway, "Gateway", gateway.Namespace, gateway.Name);
        if (KindGroups.Canonical(workspace.Index.Find(key)) is not { } found || found.Object.View() is not { } view || workspace.File(found.Path) is not { } file)
        {
            return No($"There is no manifest of {key.Kind} {key.Namespace}/{key.Name} to write it into.");
        }
        if (view is not (Gateway or Route { Type: RouteKind.Http or RouteKind.Grpc }))
        {
            return No("Expectations are about HTTP and gRPC requests.");
        }
        if (Outcome(trace, view.Namespace) is not { } outcome)
        {
            return No("What becomes of the request can't be written as an expectation: the connection is refused, or a backend is not valid.");
        }
        string text = $"{Request(request, trace, view, gateway)} -> {outcome}";
        return IsReadBack(text, request, trace, view)
            ? new NewExpectation(text, new FileEdit(found.Path, [Insertion(file.Manifest, found.Object, text)]), null)
            : No("The request has signs that a comment can't hold.");
    }

    private static NewExpectation No(string problem) => new("", null, problem);

    private static string Request(TraceRequest request, RequestTrace trace, ObjectView view, ObjectName gateway)
    {
        var text = new StringBuilder();
        string scheme = request.Scheme ?? (trace.Listener?.Protocol == "HTTPS" ? "https" : "http");
        // Beside a GRPCRoute all requests are gRPC. Elsewhere the URL says so, and a call has no method of HTTP to name.
        bool isToldGrpc = request.Protocol == TraceProtocol.Grpc && view is not Route { Type: RouteKind.Grpc };
        if (isToldGrpc)
        {
            text.Append(scheme == "https" ? "grpcs" : "grpc").Append("://").Append(request.Host);
        }
        else
        {
            text.Append(request.Method).Append(request.Host.Length > 0 ? $" {scheme}://{request.Host}" : " ");
        }
        text.Append(request.Path);
        foreach ((string name, string value) in request.Headers)
        {
            char quote = value.Contains('"', StringComparison.Ordinal) ? '\'' : '"';
            text.Append(" -H ").Append(quote).Append(name).Append(": ").Append(value).Append(quote);
        }
        if (request.Port is not null || view is Route { ParentRefs.Length: > 1 })
        {
            text.Append(" via ").Append(gateway.Namespace == view.Namespace ? gateway.Name : gateway.ToString());
            if (request.Port is { } port)
            {
                text.Append(CultureInfo.InvariantCulture, $":{port}");
            }
        }
        return text.ToString();
    }

    /// <summary>Null for what has no words.</summary>
    private static string? Outcome(RequestTrace trace, string ns)
    {
        if (trace.Redirect is { } redirect)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{redirect.StatusCode} {(redirect.Host.Length == 0 ? redirect.Path : redirect.Location)}");
        }
        if (trace.Response is { } response)
        {
            return response.StatusCodes is [var code, ..] ? code.ToString(CultureInfo.InvariantCulture) : null;
        }
        TracedBackend[] served = [.. trace.Backends.Where(one => one.Target.IsValid && !one.Share.IsNone)];
        if (served.Length == 0)
        {
            return null;
        }
        IEnumerable<string> parts = served.Select(one => Name(one.Target, ns, served.Any(other => other != one && other.Target.Name == one.Target.Name))
                + (one.Share == Share.All ? "" : Percent(one.Share)))
            .Concat(trace.Mirrors.Where(one => one.Target.IsValid && !one.Share.IsNone).Select(one => "mirror " + Name(one.Target, ns, false) + Percent(one.Share)));
        return string.Join(", ", parts);
    }

    private static string Percent(Share share) => string.Create(CultureInfo.InvariantCulture, $" {share.PercentValue:0.#}%");

    private static string Name(BackendTarget target, string ns, bool isAmbiguous) =>
        (target.Namespace == ns ? "" : target.Namespace + "/") + target.Name + (isAmbiguous && target.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "");

    /// <summary>Nothing is written that would be read as something else, or would not hold at once.</summary>
    private static bool IsReadBack(string text, TraceRequest request, RequestTrace trace, ObjectView view)
    {
        if (text.AsSpan().ContainsAny('\n', '\r'))
        {
            return false;
        }
        ManifestDocument document = ManifestFile.Parse("", Mark + text + "\na: 1\n").Documents[0].Document;
        return ExpectationReader.Of(document) is { Expectations: [var read], Unreadable.IsEmpty: true }
            && (read.Request.Protocol == request.Protocol || view is Route { Type: RouteKind.Grpc }) && (read.Request.Method == request.Method || request.Protocol == TraceProtocol.Grpc)
            && read.Request.Path == request.Path && read.Request.Headers.SequenceEqual(request.Headers)
            && ExpectationChecker.Holds(trace, read.Outcomes);
    }

    /// <summary>Below the expectations that the object has already, else above its first key; within a List below that, where it still belongs to the item.</summary>
    private static TextEdit Insertion(ManifestFile file, ManifestObject one, string text)
    {
        DocumentSlot slot = file.Documents.First(slot => ReferenceEquals(slot.Document, one.Document));
        LineIndex lines = slot.Document.Lines;
        bool isRoot = ReferenceEquals(one.Node, slot.Document.Root);
        int line;
        int indent;
        if (ExpectationFinder.Of(one).Expectations is [.., var last] && IsAlone(slot.Document, last.Span, out indent))
        {
            line = lines.LineOf(last.Span.Start) + 1;
        }
        else
        {
            int first = lines.LineOf(one.Node.Span.Start);
            indent = one.Node.Span.Start - lines.LineStart(first);
            line = isRoot ? first : first + 1;
        }
        string newLine = slot.Document.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return new TextEdit(LineRange.At(slot.ToFile(new LinePosition(line, 0))), new string(' ', indent) + Mark + text + newLine);
    }

    /// <summary>True for a comment that has its line for itself.</summary>
    private static bool IsAlone(ManifestDocument document, TextSpan comment, out int indent)
    {
        int start = document.Lines.LineStart(document.Lines.LineOf(comment.Start));
        indent = comment.Start - start;
        return document.Text.AsSpan(start, indent).IsWhiteSpace();
    }
}
