using GatewayLsp.SchemaTool;
using GatewayLsp.SchemaTool.Sources;

try
{
    return await Commands.RunAsync(args);
}
catch (SchemaSourceException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
