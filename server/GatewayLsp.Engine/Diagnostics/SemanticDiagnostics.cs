using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Diagnostics.Rules.Routing;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Findings about an object that need the rest of the workspace. They are kept with the object, beside what its rules asked,
/// and hold as long as the answers do: an edit makes only those rules run again that would hear something new.
/// </summary>
internal static class SemanticDiagnostics
{
    private static readonly ExpectationFailedRule Expectations = new();

    /// <summary>True when some rule looks at objects of that kind.</summary>
    public static bool HasRules(ManifestObject one) => one.Name.Length > 0 && one.View() is { } view && !RulesFor(view).IsEmpty;

    /// <param name="own">What was found in its document alone.</param>
    public static ImmutableArray<Diagnostic> Of(ManifestObject one, ImmutableArray<Diagnostic> own, Resolver resolver)
    {
        bool isSound = IsSound(one, own);
        if (PerCluster.Get<SemanticFindings>(one.Meaning, resolver.Cluster) is { } known && known.HoldIn(resolver, isSound))
        {
            return known.Items;
        }
        SemanticFindings made = Check(one.View()!, isSound, resolver);
        PerCluster.Set(ref one.Meaning, resolver.Cluster, made);
        return made.Items;
    }

    private static SemanticFindings Check(ObjectView view, bool isSound, Resolver resolver)
    {
        var asked = new Dependencies(resolver);
        var found = ImmutableArray.CreateBuilder<Diagnostic>(0);
        // Of two objects of the same identity only one counts; the other is told about elsewhere.
        bool counts = resolver.Counts(view);
        var context = new SemanticContext(asked, view, isSound, found);
        if (counts)
        {
            foreach (SemanticRule rule in RulesFor(view))
            {
                rule.Check(view, context);
            }
        }
        else if (view is Gateway or Route)
        {
            Expectations.TellUnchecked(view, context);
        }
        asked.Seal();
        return new SemanticFindings(view, found.DrainToImmutable(), asked, isSound, counts, resolver);
    }

    private static ImmutableArray<SemanticRule> RulesFor(ObjectView view) =>
        Subjects.KindOf(view) is not SubjectKinds.None and var kind ? RuleCatalog.SemanticByKind[BitOperations.Log2((uint)kind)] : [];

    private static bool IsSound(ManifestObject one, ImmutableArray<Diagnostic> own)
    {
        if (own.IsEmpty)
        {
            return true;
        }
        // Asked for each object of a document, of which there may be tens of thousands.
        Unsound unsound = UnsoundOf.GetValue(ImmutableCollectionsMarshal.AsArray(own)!, static diagnostics => Unsound.In(diagnostics));
        return !unsound.IsWhole && !unsound.Objects.Contains(one);
    }

    private static readonly ConditionalWeakTable<Diagnostic[], Unsound> UnsoundOf = [];

    /// <summary>The objects that have errors; all of them when an error is about none.</summary>
    private sealed record Unsound(HashSet<ManifestObject> Objects, bool IsWhole)
    {
        public static Unsound In(Diagnostic[] diagnostics)
        {
            var objects = new HashSet<ManifestObject>(ReferenceEqualityComparer.Instance);
            bool isWhole = false;
            foreach (Diagnostic diagnostic in diagnostics)
            {
                if (diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Source != DiagnosticSource.Semantic)
                {
                    if (diagnostic.Object is { } one)
                    {
                        objects.Add(one);
                    }
                    else
                    {
                        isWhole = true;
                    }
                }
            }
            return new Unsound(objects, isWhole);
        }
    }
}

/// <summary>What the rules of meaning found about one object, and what that hangs on.</summary>
internal sealed class SemanticFindings(ObjectView view, ImmutableArray<Diagnostic> items, Dependencies asked, bool isSound, bool counts, Resolver made)
{
    private object _checked = made.Token;
    private object _shared = made.Index.Shared.Mark;

    public ImmutableArray<Diagnostic> Items => items;

    public Dependencies Asked => asked;

    /// <summary>True when they were found to hold in the snapshot of that resolver.</summary>
    public bool AreKnownIn(Resolver resolver) => ReferenceEquals(Volatile.Read(ref _checked), resolver.Token);

    public bool HoldIn(Resolver later, bool isStillSound)
    {
        if (isStillSound != isSound)
        {
            return false;
        }
        if (ReferenceEquals(_checked, later.Token))
        {
            return true;
        }
        // While the identities that have several objects are the same, every object counts that did before.
        SharedIdentities shared = later.Index.Shared;
        bool mayCountOtherwise = !shared.IsUntouched(_shared, view) && (!counts || shared.Contains(view.Object));
        if ((mayCountOtherwise && later.Counts(view) != counts) || !asked.HoldIn(later))
        {
            return false;
        }
        _shared = shared.Mark;
        _checked = later.Token;
        return true;
    }
}
