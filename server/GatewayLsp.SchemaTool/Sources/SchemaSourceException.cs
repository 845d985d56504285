namespace GatewayLsp.SchemaTool.Sources;

/// <summary>A mistake in a schema source, told with the file and the place in it.</summary>
internal sealed class SchemaSourceException(string place, string problem) : Exception($"{place}: {problem}");
