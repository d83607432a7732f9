return await LutDla.Cli.CommandLine.RunAsync(args);
