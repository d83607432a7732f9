using LutDla.Fuzz;

return await FuzzProgram.RunAsync(args);
