using PolicyEngine.Cli;

return await PolicyCommandLine.RunAsync(args);
