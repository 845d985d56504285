namespace GatewayLsp.Engine.Syntax;

/// <summary>What a repair asks of schemas, which stand above the syntax: whether an object of a kind has a field at a place.</summary>
internal interface IFieldPlaces
{
    /// <summary>Null when nothing is known of the kind or of that part of it.</summary>
    /// <param name="apiVersion">As written in the document.</param>
    /// <param name="kind">As written in the document.</param>
    /// <param name="path">Keys from the root to the object around the field; null for an item of a list.</param>
    /// <param name="name">The field.</param>
    bool? Has(string apiVersion, string kind, IReadOnlyList<string?> path, string name);
}
