using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>Who implements the Gateways of a class (or a mesh), and what they are known to support.</summary>
public sealed class ClassImplementation
{
    /// <summary>The key of the setting that names the implementation of a mesh, which no class does.</summary>
    public const string Mesh = "mesh";

    private const string MultiClusterSuffix = "-mc";

    private readonly Implementation? _table;
    private readonly ReleaseVersion? _version;
    private readonly GatewayClass? _class;
    private readonly AnnouncedClass? _live;

    private ClassImplementation(string className, Implementation? table, ReleaseVersion? version, GatewayClass? itsClass, AnnouncedClass? live)
    {
        _live = live;
        ClassName = className;
        _table = table;
        _version = version;
        _class = itsClass;
    }

    public string ClassName { get; }

    /// <summary>The table; null when only the status of the class says something.</summary>
    public Implementation? Table => _table;

    /// <summary><c>domain/path</c>; null when the class is neither in the files nor in a connected cluster.</summary>
    public string? ControllerName => _class?.ControllerName is { Length: > 0 } name ? name : _live?.ControllerName is { Length: > 0 } known ? known : null;

    /// <summary>As in <c>Istio 1.30</c>.</summary>
    public string Name => _table is null ? $"the controller `{ControllerName}`" : AnnouncesFeatures ? _table.Title : WithVersion;

    /// <summary>Where what is said of it comes from.</summary>
    public string Source => IsLive
        ? $"according to `supportedFeatures` of GatewayClass `{ClassName}` at {_live!.Where}"
        : AnnouncesFeatures
        ? $"according to `supportedFeatures` of GatewayClass `{ClassName}`"
        : _table is { IsDocumented: true } ? "according to its documentation" : "according to its conformance report";

    /// <summary>True when what it lacks is told by the controller itself or its documentation. A conformance report tells what was tested.</summary>
    public bool IsCertain => AnnouncesFeatures || _table is { IsDocumented: true };

    private bool AnnouncesFeatures => IsLive || _class is { SupportedFeatures.IsEmpty: false };

    private bool IsLive => _live is { Features.IsEmpty: false };

    private string WithVersion => Version is { } version ? $"{_table!.Title} {version}" : _table!.Title;

    private ReleaseVersion? Version => _version ?? (_table is { Versions: [.., var newest] } ? newest : null);

    /// <summary>
    /// In this order: what the controller itself announces in connected clusters, then in the files, the table for its version, nothing. What a report leaves out may be
    /// newer than the report: unknown.
    /// </summary>
    public Answer Supports(string feature)
    {
        if (IsLive)
        {
            return _live!.Features.Contains(feature) ? Answer.Yes : Answer.No;
        }
        if (AnnouncesFeatures)
        {
            return _class!.SupportedFeatures.Contains(feature) ? Answer.Yes : Answer.No;
        }
        Answer answer = _table?.Supports(feature, _version) ?? Answer.Unknown;
        return answer == Answer.No && _table!.Doubtful.Contains(feature) ? Answer.Unknown : answer;
    }

    /// <summary>Whether the controller takes routes of that kind of Gateway API: core kinds are no feature, so only its own word counts.</summary>
    public Answer TakesRoutes(string kind)
    {
        if (_table is not null && ControllerName is { } name && _table.Controllers.TryGetValue(name, out ImmutableArray<string> kinds) && !kinds.IsEmpty)
        {
            return kinds.Contains(kind) ? Answer.Yes : Answer.No;
        }
        return kind is "TCPRoute" or "UDPRoute" or "TLSRoute" or "GRPCRoute" ? Supports(kind) : Answer.Unknown;
    }

    /// <summary>True for the classes of GKE that serve the cluster they are in and no other.</summary>
    public bool IsSingleClusterGke => _table?.Id == "gke" && _table.Classes.Contains(ClassName) && !ClassName.EndsWith(MultiClusterSuffix, StringComparison.Ordinal);

    /// <summary>True for the classes of GKE for several clusters of a fleet.</summary>
    public bool IsMultiClusterGke => _table?.Id == "gke" && ClassName.EndsWith(MultiClusterSuffix, StringComparison.Ordinal);

    /// <summary>The class of GKE for several clusters that goes with a class for one.</summary>
    public string MultiClusterClass => _table?.Classes.Contains(ClassName + MultiClusterSuffix) == true ? ClassName + MultiClusterSuffix : "gke-l7-global-external-managed-mc";

    public bool Ignores(string field) => _table?.Ignored.Contains(field) ?? false;

    /// <summary>The implementation of a class; null when nobody knows it.</summary>
    /// <param name="settings">Class, controller name or <see cref="Mesh"/> to <c>id</c> or <c>id@version</c>.</param>
    public static ClassImplementation? Of(string className, ResourceIndex index, ImmutableDictionary<string, string> settings, AnnouncedClasses? live = null)
    {
        if (className.Length == 0)
        {
            return null;
        }
        GatewayClass? itsClass = KindGroups.Canonical(index.Find(new ObjectKey(ApiGroups.Gateway, "GatewayClass", "", className)))?.Object.View<GatewayClass>();
        AnnouncedClass? announced = live?.Find(className);
        string controller = itsClass?.ControllerName is { Length: > 0 } written ? written : announced?.ControllerName ?? "";
        Implementation? table = null;
        ReleaseVersion? version = null;
        if (settings.TryGetValue(className, out string? set) || (controller.Length > 0 && settings.TryGetValue(controller, out set)))
        {
            int at = set.IndexOf('@', StringComparison.Ordinal);
            table = ImplementationCatalog.Named(at < 0 ? set : set[..at]);
            version = at < 0 ? null : ReleaseVersion.Parse(set.AsSpan(at + 1));
        }
        // A class of the files says itself who implements it; that it has a well-known name proves nothing then.
        table ??= controller.Length > 0 ? ImplementationCatalog.OfController(controller) : itsClass is null ? ImplementationCatalog.OfClass(className) : null;
        return table is null && itsClass is not { SupportedFeatures.IsEmpty: false } && announced is not { Features.IsEmpty: false }
            ? null : new ClassImplementation(className, table, version, itsClass, announced);
    }
}
