using System.Collections.Immutable;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Expectations;

/// <summary>Which expectations are an object's: those of its document, or between its lines when it is an item of a List.</summary>
internal static class ExpectationFinder
{
    public static ExpectationReader.Found Of(ManifestObject one)
    {
        ExpectationReader.Found found = ExpectationReader.Of(one.Document);
        if (ReferenceEquals(one.Node, one.Document.Root) || (found.Expectations.IsEmpty && found.Unreadable.IsEmpty))
        {
            return found;
        }
        return new ExpectationReader.Found(
            [.. found.Expectations.Where(e => one.Node.Span.Contains(e.Span.Start))],
            [.. found.Unreadable.Where(e => one.Node.Span.Contains(e.Span.Start))]);
    }

    /// <summary>All expectations of a file with what becomes of them, in order.</summary>
    /// <param name="deployment">What kustomizations build: an expectation that goes into them has to hold for what comes out of each.</param>
    public static ImmutableArray<ExpectationResult> Results(Workspace workspace, string path, Deployment? deployment, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        ImmutableArray<(BuiltFile By, BuiltExpectation Expectation)> built = deployment?.ExpectationsIn(path, cancel) ?? [];
        List<ExpectationResult> results = [.. built.GroupBy(static one => (one.Expectation.Slot, one.Expectation.Expectation)).Select(static same => Together([.. same]))];
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            if (ExpectationReader.Of(slot.Document).Expectations.IsEmpty)
            {
                continue;
            }
            foreach (ManifestObject one in ManifestObject.Of(slot.Document))
            {
                if (one.View() is not { } view || !IsFor(view))
                {
                    continue;
                }
                foreach (Expectation expectation in Of(one).Expectations)
                {
                    if (built.Any(judged => judged.Expectation.IsAt(slot.Document, expectation.Span)))
                    {
                        continue;
                    }
                    cancel.ThrowIfCancellationRequested();
                    (bool isKnown, string? problem) = Check(workspace.WorldsOf(path, slot.Document), view, expectation);
                    results.Add(new ExpectationResult(slot.RangeOf(expectation.Span), expectation.Text, isKnown, problem));
                }
            }
        }
        return [.. results.OrderBy(static one => one.Range.Start.Line)];
    }

    /// <summary>The kinds that requests can be followed for.</summary>
    public static bool IsFor(ObjectView view) => view is Gateway or Route { Type: RouteKind.Http or RouteKind.Grpc };

    private static ExpectationResult Together((BuiltFile By, BuiltExpectation Expectation)[] same)
    {
        BuiltExpectation first = same[0].Expectation;
        (BuiltFile By, BuiltExpectation Expectation)[] failed = [.. same.Where(static one => one.Expectation.Problem is not null)];
        return new ExpectationResult(first.Slot.RangeOf(first.Expectation.Span), first.Expectation.Text,
            failed.Length > 0 ? failed[0].Expectation.IsKnown : same.All(static one => one.Expectation.IsKnown),
            failed.Length > 0 ? $"In kustomization `{failed[0].By.Root.Name}`: {failed[0].Expectation.Problem}" : null);
    }

    /// <summary>In several clusters it has to hold in each; of those where it does not, the first by name is told of.</summary>
    public static (bool IsKnown, string? Problem) Check(ImmutableArray<Workspace> worlds, ObjectView view, Expectation expectation)
    {
        bool isKnown = true;
        foreach (Workspace world in worlds)
        {
            if (!world.Resolver.Counts(view))
            {
                isKnown = false; // Another definition speaks for the object.
                continue;
            }
            ExpectationAnswer answer = ExpectationChecker.Check(world.Resolver, view, expectation);
            if (answer.Problem is { } problem)
            {
                return (answer.IsKnown, worlds.Length == 1 ? problem : $"In cluster `{world.Cluster}`: {problem}");
            }
            isKnown &= answer.IsKnown;
        }
        return (isKnown, null);
    }
}
