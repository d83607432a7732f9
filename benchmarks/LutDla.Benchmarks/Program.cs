using System.Text.Json;
using LutDla.Benchmarks;

// Benchmarks by name; without one, those that need nothing but this machine.
var benchmarks = new Dictionary<string, Func<TextWriter, object>>
{
    ["golden"] = GoldenBenchmark.Run,
    ["onnx"] = OnnxRuntimeBenchmark.Run,
};
string[] names = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"{unknown} is no benchmark; there are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

var options = new JsonSerializerOptions { WriteIndented = true };
Directory.CreateDirectory("build/bench");
foreach (var name in names)
{
    var result = benchmarks[name](Console.Out);
    var file = $"build/bench/{name}.json";
    File.WriteAllText(file, JsonSerializer.Serialize(result, options));
    Console.WriteLine($"written: {file}");
}

return 0;
