using System.Text;
using CsCheck;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Configuration;

public sealed class DesignFileTests
{
    private const string Tiny = """
        {
          "name": "tiny",
          "similarity": { "metric": "l1", "activation_bits": 8, "vector_length": 2, "centroids": 4, "unit": "chain" },
          "matching": { "table_bits": 8, "lanes": 4 },
          "tile": { "rows": 16, "index_buffer_beats": 64 },
          "rescale": { "units": 2 },
          "memories": {}
        }
        """;

    private static readonly Gen<DesignConfig> AnyDesign =
        from similarity in Gen.Select(
            Gen.Enum<DistanceMetric>(), Gen.Int[4, 16], Gen.Int[1, 16], Gen.Int[2, 256], Gen.Enum<SimilarityUnit>())
        from matching in Gen.Select(Gen.Int[2, 16], Gen.Int[1, 1024], Gen.Int[1, 16], Gen.Int[1, 16], Gen.Int[1, 8])
        from tile in Gen.Select(Gen.Int[1, 65536], Gen.Int[1, 65536], Gen.Int[4, 1 << 20], Gen.Int[1, 2])
        from memories in Gen.Enum<MemoryStyle>().Array[4]
        select new DesignConfig
        {
            Name = "any_1",
            Similarity = new()
            {
                Metric = similarity.Item1, ActivationBits = similarity.Item2, VectorLength = similarity.Item3,
                Centroids = similarity.Item4, Unit = similarity.Item5,
            },
            Matching = new()
            {
                TableBits = matching.Item1, Lanes = matching.Item2, Modules = matching.Item3,
                SubspacesInParallel = matching.Item4, RowsInParallel = matching.Item5,
            },
            Tile = new()
            {
                Rows = tile.Item1, MaximumSubspaces = tile.Item2, IndexBufferBeats = tile.Item3, ScratchpadBuffers = tile.Item4,
            },
            Rescale = new() { Units = 1 },
            Memories = new() { Tables = memories[0], Scratchpad = memories[1], IndexBuffer = memories[2], Parameters = memories[3] },
        };

    public static TheoryData<string> NamedConfigs { get; } = new(Repository.Configs.Select(path => Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(NamedConfigs))]
    public void A_named_config_is_legal_and_carries_the_name_of_its_file(string name) =>
        Assert.Equal(name, DesignFile.Load(Repository.File("configs", $"{name}.json")).Name);

    [Theory]
    [InlineData("ccu", 1)]
    [InlineData("dense", 512)]
    public void Designs_of_density_figures_are_legal(string name, int lookupsPerCycle) =>
        Assert.Equal(lookupsPerCycle, Core.From(DesignFile.Load(Repository.File("benchmarks", "designs", $"{name}.json"))).LookupsPerCycle);

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var design = Parse(Tiny);

        Assert.Equal((1, 512, MemoryStyle.FlipFlop), (design.Matching.Modules, design.Tile.MaximumSubspaces, design.Memories.Tables));
        Assert.Equal(
            (DistanceMetric.L1, SimilarityUnit.Chain, 64),
            (design.Similarity.Metric, design.Similarity.Unit, design.Tile.IndexBufferBeats));
    }

    [Fact]
    public void Reading_what_was_formatted_gives_an_equal_design() =>
        AnyDesign.Sample(design => Assert.Equal(design, Parse(DesignFile.Format(design))));

    [Fact]
    public void A_written_file_loads_again_and_leaves_no_other_file()
    {
        var folder = Directory.CreateTempSubdirectory("lutdla-");
        try
        {
            var path = Path.Combine(folder.FullName, "design.json");
            DesignFile.Write(path, Parse(Tiny));

            Assert.Equal(Parse(Tiny), DesignFile.Load(path));
            Assert.Single(folder.EnumerateFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_allowed() =>
        Assert.Equal(
            Parse(Tiny),
            Parse("\ufeff// first\n" + Tiny.Replace("\"lanes\": 4", "\"lanes\": /* Tn */ 4,", StringComparison.Ordinal)));

    [Fact]
    public void The_published_schema_is_current() => Assert.True(
        DesignSchema.Text() == File.ReadAllText(Repository.File("docs", "design.schema.json")),
        "docs/design.schema.json differs from the configuration records. Run scripts/regenerate.sh and review the diff.");

    private static DesignConfig Parse(string json) => DesignFile.Parse("tiny.json", Encoding.UTF8.GetBytes(json));
}
