using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>The table of configurations in README.md, but for the look-up tables, which only synthesis counts.</summary>
public sealed partial class ReadmeConfigurationTests
{
    [Fact]
    public void Every_configuration_has_a_row_with_its_search_lookups_and_cycles()
    {
        var cores = Repository.Configs.Select(path => Core.From(DesignFile.Load(path))).ToList();

        var rows = Rows().Matches(File.ReadAllText(Repository.File("README.md")))
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value)).Order();

        Assert.Equal(cores.Select(Row).Order(), rows);
    }

    private static (string Name, string Search, string Lookups, string Cycles) Row(Core core) =>
        (core.Name, Search(core.Config.Similarity), Count(core.LookupsPerCycle), Cycles(core));

    private static string Search(SimilarityConfig search) => string.Create(
        CultureInfo.InvariantCulture,
        $"{search.Metric}, v = {search.VectorLength}, c = {search.Centroids}, {search.Unit.ToString().ToLowerInvariant()}");

    // The layers of a converted ResNet-8, as lutdla schedule lists them.
    private static string Cycles(Core core)
    {
        using var schedule = JsonDocument.Parse(File.ReadAllText(Repository.File("tests", "snapshots", "schedule-resnet8-l1.json")));
        var result = schedule.RootElement.GetProperty("result");
        var images = result.GetProperty("images").GetInt32();
        var shapes = result.GetProperty("layers").EnumerateArray().Select(layer => Shape(layer.GetProperty("shape"), images)).ToList();
        return shapes.Exists(shape => shape.SubspaceCount > core.Config.Tile.MaximumSubspaces)
            ? "too small"
            : Count(shapes.Sum(shape => LayerCycles.Of(core, "layer", shape).Cycles));
    }

    private static LayerShape Shape(JsonElement shape, int images) =>
        new(Number(shape, "row_count") / images, Number(shape, "subspace_count"), Number(shape, "column_count"));

    private static int Number(JsonElement shape, string key) => shape.GetProperty(key).GetInt32();

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| \[`(\w+)`\]\(configs/\1\.json\) \| ([^|]*) \| ([^|]*) \| [^|]* \| [^|]* \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
