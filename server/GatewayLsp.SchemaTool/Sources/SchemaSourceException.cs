namespace GatewayLsp.SchemaTool.Sources;

/// <summary>A mistake in a schema source, told with the file and the place in it, in the form that MSBuild lists as an error.</summary>
internal sealed class SchemaSourceException(string place, string problem) : Exception($"{place} : error SCHEMA: {problem}");
