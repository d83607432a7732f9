using System.Diagnostics;
using System.Text.Json;
using LutDla.Boundary;
using LutDla.Exploration.Charts;
using LutDla.Golden.Fast;
using LutDla.Hardware;
using LutDla.Networks.Runtime;
using LutDla.Rtl.Tools;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>
/// Accuracy over bits: the published ResNet-20 on CIFAR-10 in many formats. Every finished cell is kept, and a stopped one goes on from its
/// checkpoint where it has one, so the command may be given again at any time; delete the folder after a change of LUTBoost that its
/// options do not show.
/// </summary>
internal static class CurveBenchmark
{
    private const string Folder = "build/bench/curve";
    private const string CellsPath = $"{Folder}/cells.json";
    private const string PicturePath = $"{Folder}/curve.svg";
    private const int Seed = 1;

    // Points that the paper's convolutional networks lose.
    private const double PaperLeast = 0.1;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Prints and draws what there is, fills in what is missing, and prints and draws all; returns the cells.</summary>
    public static object Run(TextWriter output, BenchmarkOptions benchmark)
    {
        using var resnet = CifarResNet.Find("curve", output);
        if (resnet is null) return new { Skipped = true };
        TorchRuntime.EnsureLoaded(benchmark.Threads);

        Directory.CreateDirectory(Folder);
        var kept = File.Exists(CellsPath) ? JsonSerializer.Deserialize<List<CurveCell>>(File.ReadAllText(CellsPath)) ?? [] : [];
        var before = resnet.Network.Accuracy(resnet.Test);
        var formats = CurveFormat.InOrder().Select(format => (Format: format, Options: Options(format, benchmark))).ToList();
        List<CurveCell> cells = [.. formats.Select(wanted => kept.Find(cell => cell.Options == $"{wanted.Options}")).OfType<CurveCell>()];
        if (cells.Count > 0) Show(cells, before, benchmark, output);
        foreach (var (format, options) in formats.Where(wanted => !cells.Exists(cell => cell.Format == wanted.Format)).ToList())
        {
            var cell = Convert(resnet, format, options, benchmark.Threads ?? 0);
            kept.Add(cell);
            cells.Add(cell);
            AtomicFile.Write(CellsPath, stream => JsonSerializer.Serialize(stream, kept, Json));
            Draw(cells, before, benchmark);
            output.WriteLine(
                $"{Name(format)}: {cell.Accuracy:P2}, {100 * (before - cell.Accuracy):F2} points lost, {cell.Minutes:F1} minutes");
            if (cells.Count == formats.Count) Show(cells, before, benchmark, output);
        }

        return cells;
    }

    private static ConversionOptions Options(CurveFormat format, BenchmarkOptions benchmark)
    {
        var quantisation = CifarResNet.Format with
        {
            VectorLength = format.VectorLength, CentroidCount = format.CentroidCount, Metric = format.Metric,
        };
        return benchmark.Conversion with { Quantisation = quantisation, Seed = Seed };
    }

    private static CurveCell Convert(CifarResNet resnet, CurveFormat format, ConversionOptions options, int threads)
    {
        var checkpoint = Path.Combine(Folder, $"{ContentHash.Of([$"{options}"])[..8]}.checkpoint");
        var whole = !File.Exists(checkpoint);
        var start = Stopwatch.GetTimestamp();
        var network = LutBoost.Convert(resnet.Network, resnet.Train, options with { CheckpointPath = checkpoint }).Network;
        double? minutes = whole ? Stopwatch.GetElapsedTime(start).TotalMinutes : null;
        var accuracy = (double)new GoldenEngine(network, threads).CountCorrect(resnet.Test.Images, resnet.Test.Labels) / resnet.Test.Count;
        File.Delete(checkpoint);
        return new CurveCell(format, $"{options}", accuracy, minutes);
    }

    private static void Show(List<CurveCell> cells, double before, BenchmarkOptions benchmark, TextWriter output)
    {
        output.WriteLine(
            $"ResNet-20 on CIFAR-10 (float {before:P2}), {Recipe(benchmark)}, seed {Seed}, linear=exact, first layer v = 1; "
            + "points lost, in brackets bits of an input, log2(c) / v");
        output.WriteLine($"metric       v {string.Concat(CurveFormat.CentroidCounts.Select(count => $"{$"c = {count}",16}"))}");
        foreach (var row in cells.GroupBy(cell => (cell.Format.Metric, cell.Format.VectorLength)).OrderBy(row => row.Key))
        {
            var lost = CurveFormat.CentroidCounts.Select(count => row.FirstOrDefault(cell => cell.Format.CentroidCount == count))
                .Select(cell => $"{(cell is null ? "" : $"{100 * (before - cell.Accuracy):F2} ({cell.Format.Bits:F2})"),16}");
            output.WriteLine($"{row.Key.Metric,-10} {row.Key.VectorLength,3} {string.Concat(lost)}");
        }

        Draw(cells, before, benchmark);
        output.WriteLine($"{cells.Count} conversions: {cells.Sum(cell => cell.Minutes):F0} minutes; drawn: {PicturePath}");
    }

    private static void Draw(List<CurveCell> cells, double before, BenchmarkOptions benchmark) =>
        File.WriteAllText(PicturePath, SvgPicture.Of(Picture(cells, before, benchmark)));

    private static Chart Picture(List<CurveCell> cells, double before, BenchmarkOptions benchmark)
    {
        ChartPoint Point(CurveCell cell) => new(cell.Format.Bits, 100 * cell.Accuracy);
        var metrics = cells.GroupBy(cell => cell.Format.Metric).OrderBy(group => group.Key).ToList();
        var x = ChartAxis.Binary("bits of an input after the search, log2(c) / v", cells.Select(cell => cell.Format.Bits));
        return new Chart
        {
            Title = $"ResNet-20 on CIFAR-10, {Recipe(benchmark)}: every format, and the best of at most so many bits", X = x,
            Y = ChartAxis.Linear("accuracy, % of 10,000 test images", [.. cells.Select(cell => 100 * cell.Accuracy), 100 * before]),
            Series =
            [
                new("float", ChartColour.Black, ChartMark.DashedLine, [new(x.Ticks[0], 100 * before), new(x.Ticks[^1], 100 * before)]),
                .. metrics.Select(group => new ChartSeries(null, Colour(group.Key), ChartMark.Dots, [.. group.Select(Point)])),
                .. metrics.Select(
                    group => new ChartSeries($"{group.Key}", Colour(group.Key), ChartMark.Line, [.. Frontier(group.Select(Point))])),
            ],
            Ranges =
            [
                .. Enum.GetValues<DistanceMetric>().Select(metric => new ChartRange(
                    $"paper's, {metric}", Colour(metric), 100 * before - PaperMost(metric), 100 * before - PaperLeast)),
            ],
        };
    }

    private static IEnumerable<ChartPoint> Frontier(IEnumerable<ChartPoint> points)
    {
        var best = double.MinValue;
        foreach (var point in points.OrderBy(point => point.X).ThenByDescending(point => point.Y))
        {
            if (point.Y <= best) continue;
            best = point.Y;
            yield return point;
        }
    }

    private static double PaperMost(DistanceMetric metric) => metric switch
    {
        DistanceMetric.L2 => 3.1,
        DistanceMetric.L1 => 3.4,
        DistanceMetric.Chebyshev => 3.8,
        _ => throw Unknown(metric),
    };

    private static ChartColour Colour(DistanceMetric metric) => metric switch
    {
        DistanceMetric.L2 => ChartColour.Blue,
        DistanceMetric.L1 => ChartColour.Vermilion,
        DistanceMetric.Chebyshev => ChartColour.Green,
        _ => throw Unknown(metric),
    };

    private static ArgumentOutOfRangeException Unknown(DistanceMetric metric) =>
        new(nameof(metric), metric, "Nothing is known of this metric.");

    private static string Recipe(BenchmarkOptions benchmark) =>
        $"preset {benchmark.PresetName}{(benchmark.Visits is { } visits ? $" with {visits} visits" : "")}";

    private static string Name(CurveFormat format) => $"{format.Metric}, v = {format.VectorLength}, c = {format.CentroidCount}";
}
