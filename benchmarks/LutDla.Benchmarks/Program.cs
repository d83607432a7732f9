using System.Text.Json;
using LutDla.Benchmarks;

// Benchmarks by name; without one, those that are done in minutes.
const string Hours = "accuracy";
var benchmarks = new Dictionary<string, Func<TextWriter, Task<object>>>
{
    ["golden"] = output => Task.FromResult(GoldenBenchmark.Run(output)),
    ["onnx"] = output => Task.FromResult(OnnxRuntimeBenchmark.Run(output)),
    ["simulation"] = SimulationBenchmark.RunAsync,
    ["area"] = AreaBenchmark.RunAsync,
    [Hours] = output => Task.FromResult(AccuracyBenchmark.Run(output)),
};
string[] names = args.Length == 0 ? [.. benchmarks.Keys.Where(name => name != Hours)] : args;
if (names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"{unknown} is no benchmark; there are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

var options = new JsonSerializerOptions { WriteIndented = true };
Directory.CreateDirectory("build/bench");
foreach (var name in names)
{
    var result = await benchmarks[name](Console.Out);
    var file = $"build/bench/{name}.json";
    File.WriteAllText(file, JsonSerializer.Serialize(result, options));
    Console.WriteLine($"written: {file}");
}

return 0;
