using GatewayLsp.SchemaTool;
using GatewayLsp.SchemaTool.Sources;

try
{
    return Commands.Run(args);
}
catch (SchemaSourceException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
