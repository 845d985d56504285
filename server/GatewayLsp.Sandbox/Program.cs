return await GatewayLsp.Sandbox.Cli.CommandLine.Run(args);
