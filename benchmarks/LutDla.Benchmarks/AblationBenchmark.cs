using System.Text.Json;
using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>
/// What each part of LUTBoost is good for: the shipped ResNet-8 converted in many ways, with several seeds. Every finished conversion is
/// kept, so the command may be given again at any time; delete the folder after a change of LUTBoost that its options do not show.
/// </summary>
internal static class AblationBenchmark
{
    private const string Folder = "build/bench/ablation";
    private const string CellsPath = $"{Folder}/cells.json";
    private const string NetworkPath = "networks/resnet8-fashion.safetensors";
    private const int Seeds = 3;

    // Images that sensitivities are measured on.
    private const int HeldOut = 400;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <param name="Trial">What was converted and how, as text.</param>
    /// <param name="Accuracy">Of the golden model on all test images, 0 to 1.</param>
    private sealed record Cell(string Trial, double Accuracy);

    /// <summary>Fills in what is missing, a seed after the other, and prints all; returns the cells.</summary>
    public static object Run(TextWriter output, BenchmarkOptions benchmark)
    {
        TorchRuntime.EnsureLoaded(benchmark.Threads);
        Directory.CreateDirectory(Folder);
        var (train, test) = DatasetSource.LoadBoth(DatasetName.FashionMnist);
        using var network = FloatNetworkFile.Read(NetworkPath);
        var cells = File.Exists(CellsPath) ? JsonSerializer.Deserialize<List<Cell>>(File.ReadAllText(CellsPath)) ?? [] : [];
        var before = network.Accuracy(test);
        AblationTrial[] trials = [.. AblationTrial.All()];
        if (cells.Count > 0) Show(trials, cells, before, output);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            foreach (var trial in trials.Where(trial => !cells.Exists(cell => cell.Trial == Key(trial, seed))))
            {
                var options = Chosen(trial, network, train, seed);
                var converted = LutBoost.Convert(network, train, options).Network;
                var accuracy = (double)new GoldenEngine(converted, benchmark.Threads ?? 0)
                    .CountCorrect(test.Images, test.Labels) / test.Count;
                cells.Add(new Cell(Key(trial, seed), accuracy));
                AtomicFile.Write(CellsPath, stream => JsonSerializer.Serialize(stream, cells, Json));
                output.WriteLine($"seed {seed}, {trial.Group}: {trial.Name}: {100 * (before - accuracy):F2} points lost");
            }
        }

        Show(trials, cells, before, output);
        return cells;
    }

    private static string Key(AblationTrial trial, int seed) => $"seed {seed}, {trial}";

    private static ConversionOptions Chosen(AblationTrial trial, FloatNetwork source, Dataset train, int seed)
    {
        var options = trial.Options with { Seed = seed };
        if (trial.Budget is not { } budget) return options;
        var measured = Sensitivity.Measure(source, train, options, AblationTrial.Candidates, HeldOut);
        var rules = BudgetChoice.Choose(measured, budget).Select(choice => $"{choice.Layer.Rule}");
        return options with { Quantisation = options.Quantisation with { Layers = LayerRuleList.Parse([.. rules]) } };
    }

    private static void Show(AblationTrial[] trials, List<Cell> cells, double before, TextWriter output)
    {
        output.WriteLine(
            $"ResNet-8 on Fashion-MNIST (float {before:P2}), v = 4, c = 16, L2 unless said; "
            + $"points lost, mean and range over seeds 1 to {Seeds}");
        foreach (var group in trials.GroupBy(trial => trial.Group))
        {
            output.WriteLine(group.Key);
            foreach (var trial in group)
            {
                double[] lost =
                [
                    .. Enumerable.Range(1, Seeds).Select(seed => cells.Find(cell => cell.Trial == Key(trial, seed))).OfType<Cell>()
                        .Select(cell => 100 * (before - cell.Accuracy)),
                ];
                if (lost.Length > 0)
                    output.WriteLine(
                        $"  {trial.Name,-58} {lost.Average(),6:F2}   {lost.Min():F2} to {lost.Max():F2}"
                        + (lost.Length < Seeds ? $", {lost.Length} of {Seeds} seeds" : ""));
            }
        }
    }
}
