using LutDla.Cli;
using LutDla.Cli.Output;

StandardStreams.Guard();
return await CommandLine.RunAsync(args);
