using System.CommandLine;
using System.Text.Json;
using LutDla.Benchmarks;
using LutDla.Benchmarks.Area;
using LutDla.Benchmarks.Memories;
using LutDla.Exploration.Synthesis;

// Benchmarks by name; without one, those that are done in minutes.
string[] hours = ["accuracy", "curve", "ablation", "area-error", "power-error", "explore"];
var benchmarks = new Dictionary<string, Func<TextWriter, BenchmarkOptions, Task<object>>>
{
    ["golden"] = (output, _) => Task.FromResult(GoldenBenchmark.Run(output)),
    ["onnx"] = (output, _) => Task.FromResult(OnnxRuntimeBenchmark.Run(output)),
    ["simulation"] = (output, _) => SimulationBenchmark.RunAsync(output),
    ["estimate"] = (output, _) => Task.FromResult(EstimateBenchmark.Run(output)),
    ["explore"] = (output, options) => Task.FromResult(ExploreBenchmark.Run(output, options)),
    ["memories"] = (output, _) => Task.FromResult(MemoryBenchmark.Run(output)),
    ["area"] = (output, options) => AreaBenchmark.RunAsync(output, options.Yosys),
    ["area-error"] = (output, options) => AreaErrorBenchmark.RunAsync(output, options),
    ["power-error"] = (output, options) => PowerErrorBenchmark.RunAsync(output, options),
    ["training"] = (output, options) => Task.FromResult(TrainingBenchmark.Run(output, options)),
    ["accuracy"] = (output, _) => Task.FromResult(AccuracyBenchmark.Run(output)),
    ["ablation"] = (output, options) => Task.FromResult(AblationBenchmark.Run(output, options)),
    ["curve"] = (output, options) => Task.FromResult(CurveBenchmark.Run(output, options)),
};
var names = new Argument<string[]>("name")
{
    Description = "What to measure.", DefaultValueFactory = _ => [.. benchmarks.Keys.Where(name => !hours.Contains(name))],
};
names.AcceptOnlyFromAmong([.. benchmarks.Keys]);
var threads = new Option<int?>("--threads")
{
    Description = "Of training, curve and ablation: threads; left out: as many as libtorch takes.", HelpName = "N",
};
var preset = new Option<string>("--preset") { Description = "Of curve: how it converts.", DefaultValueFactory = _ => "fast" };
preset.AcceptOnlyFromAmong([.. BenchmarkOptions.Presets.Keys]);
var visits =
    new Option<int?>("--visits") { Description = "Of curve: images that training sees; left out: what the preset has.", HelpName = "N" };
var liberty = new Option<string?>("--liberty") { Description = "Of area-error and power-error: cells.", HelpName = "FILE" };
var technology = new Option<string?>("--technology")
{
    Description = "Of area-error, power-error and explore: what lutdla calibrate made of them.", HelpName = "FILE",
};
var cores = new Option<int>("--cores")
{
    Description = "Of area-error and power-error: random cores.", HelpName = "N", DefaultValueFactory = _ => 60,
};
var yosys = new Option<YosysBuild>("--yosys") { Description = "Of area: which Yosys maps the designs." };
var root = new RootCommand("Measures speed, density and accuracy.") { names, threads, preset, visits, yosys, liberty, technology, cores };
root.SetAction(async (parse, _) =>
{
    var options = new BenchmarkOptions(parse.GetValue(threads), parse.GetRequiredValue(preset), parse.GetValue(visits))
    {
        Liberty = parse.GetValue(liberty), Technology = parse.GetValue(technology), Cores = parse.GetValue(cores),
        Yosys = parse.GetValue(yosys),
    };
    var json = new JsonSerializerOptions { WriteIndented = true };
    Directory.CreateDirectory("build/bench");
    foreach (var name in parse.GetRequiredValue(names))
    {
        var result = await benchmarks[name](Console.Out, options);
        var file = $"build/bench/{name}.json";
        File.WriteAllText(file, JsonSerializer.Serialize(result, json));
        Console.WriteLine($"written: {file}");
    }
});
// Benchmarks hold the thread; Ctrl-C ends the process at once, and what is finished is kept.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
