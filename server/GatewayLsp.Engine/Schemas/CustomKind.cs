namespace GatewayLsp.Engine.Schemas;

/// <summary>One version of a CustomResourceDefinition found in the workspace, with the schema of the whole object.</summary>
public sealed record CustomKind(ResourceKind Kind, SchemaNode Schema);
