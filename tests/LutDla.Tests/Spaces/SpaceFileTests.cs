using LutDla.Boundary;
using LutDla.Exploration.Spaces;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Spaces;

public sealed class SpaceFileTests : IDisposable
{
    private const string Vary = """{ "matching.lanes": [8, 16], "similarity.metric": ["l1", "l2"] }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Tiny => Repository.Configs.Single(file => Path.GetFileName(file) == "tiny.json");

    private string File(string text)
    {
        System.IO.File.Copy(Tiny, _folder.File("tiny.json"), overwrite: true);
        System.IO.File.WriteAllText(_folder.File("space.json"), text);
        return _folder.File("space.json");
    }

    private static string Space(
        string design = "\"tiny.json\"", string vary = Vary, string limits = "{}", string objectives = "[\"gops\"]") =>
        $$"""{ "design": {{design}}, "vary": {{vary}}, "limits": {{limits}}, "objectives": {{objectives}} }""";

    [Fact]
    public void A_space_has_the_design_that_lies_beside_it_and_what_is_free()
    {
        var space = SpaceFile.Read(File(Space(limits: "{ \"area_mm2\": 1.5, \"gops\": 2 }", objectives: "[\"gops_per_w\", \"ram_kib\"]")));

        Assert.Equal(DesignFile.Load(Tiny), space.Base);
        Assert.Equal(["matching.lanes", "similarity.metric"], space.Axes.Select(a => a.Key.Path));
        Assert.Equal([8, 16], space.Axes[0].Values);
        Assert.Equal([new Limit(Quantity.AreaMm2, 1.5), new Limit(Quantity.Gops, 2)], space.Limits);
        Assert.Equal([Quantity.GopsPerW, Quantity.RamKib], space.Objectives);
        Assert.Equal(4, space.Count);
    }

    [Fact]
    public void The_committed_schema_is_that_of_today() => Assert.True(
        SpaceSchema.Text() == System.IO.File.ReadAllText(Repository.File("docs", "space.schema.json")),
        "docs/space.schema.json differs from the quantities and settings. Run scripts/regenerate.sh and review the diff.");

    [Fact]
    public void Spaces_that_come_along_are_spaces() => Assert.All(
        Directory.EnumerateFiles(Repository.File("spaces"), "*.json"), file => Assert.True(SpaceFile.Read(file).Count > 1000));

    [Fact]
    public void Text_that_says_a_space_is_read_as_the_same_space()
    {
        var space = SpaceFile.Read(File(Space(limits: "{ \"area_mm2\": 1.5 }")));

        var again = SpaceFile.Parse("text", SpaceFile.Format(space));

        Assert.Equal(SpaceFile.Format(space), SpaceFile.Format(again));
        Assert.Equal(space.Base, again.Base);
        Assert.Equal(space.Axes.SelectMany(a => a.Values), again.Axes.SelectMany(a => a.Values));
    }

    [Fact]
    public void Every_point_has_its_own_configuration_and_its_number_back()
    {
        var space = SpaceFile.Read(File(Space(vary: """{ "matching.lanes": [4, 8, 12], "rescale.units": [1, 2], "tile.rows": [8, 9] }""")));

        var configs = Enumerable.Range(0, 12).Select(point => space.ConfigAt(space.PlacesOf(point))).ToList();

        Assert.Equal(12, space.Count);
        Assert.Equal(12, configs.Distinct().Count());
        Assert.All(Enumerable.Range(0, 12), point => Assert.Equal(point, space.PointAt(space.PlacesOf(point))));
        Assert.Equal((8, 2, 8), (configs[6].Matching.Lanes, configs[6].Rescale.Units, configs[6].Tile.Rows));
        Assert.Equal(DesignFile.Load(Tiny), space.Base);
    }

    [Theory]
    [InlineData("[]", "(whole file) = []: must be an object in braces.")]
    [InlineData("{", "JSON = not readable")]
    public void A_file_that_is_no_space_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidInputException>(() => SpaceFile.Read(File(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("unreadable", Assert.Single(Assert.Throws<InvalidInputException>(
            () => SpaceFile.Read(_folder.File("none"))).Problems).Value);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var file = File("""
            {
              "design": 3, "vari": {},
              "vary": { "matching.lane": [1], "matching.lanes": [0, 8, 8], "similarity.metric": ["l3"], "tile.rows": [],
                "rescale.units": 2 },
              "limits": { "area": 1, "gops": "much" },
              "objectives": ["gops", "gops", "speed", 4]
            }
            """);

        var problems = Assert.Throws<InvalidInputException>(() => SpaceFile.Read(file)).Problems;

        Assert.Equal(
            [
                "vari is no known key.", "design must name a design file, from the folder of this file.",
                "vary.matching.lane is no value of a design.", "vary.matching.lanes[0] must be a whole number, 1 to 1024.",
                "vary.matching.lanes[2] must be listed once.", "vary.similarity.metric[0] must be one of l2, l1, chebyshev.",
                "vary.tile.rows must be a list of 1 to 256 values.", "vary.rescale.units must be a list of 1 to 256 values.",
                "limits.area is no quantity.", "limits.gops must be a number.",
                "objectives[1] must be listed once.", "objectives[2] is no quantity.", "objectives[3] is no quantity.",
            ],
            problems.Select(p => $"{p.Key} {p.Rule}"));
        Assert.All(problems, p => Assert.Equal(file, p.File));
    }

    [Theory]
    [InlineData("\"none.json\"", Vary, "[\"gops\"]", "must be a readable file")]
    [InlineData("\"tiny.json\"", "[]", "[\"gops\"]", "must be an object in braces.")]
    [InlineData("\"tiny.json\"", Vary, "[\"accuracy_drop\"]", "must have another one")]
    [InlineData("\"tiny.json\"", Vary, "[]", "must be a list of at least one quantity.")]
    [InlineData("{ \"name\": \"tiny\" }", Vary, "[\"gops\"]", "must be given.")]
    [InlineData("\"tiny.json\"", "{ \"tile.rows\": [1], \"tile.rows\": [2] }", "[\"gops\"]", "stands here for the second time.")]
    public void Rules_of_its_parts_are_kept(string design, string vary, string objectives, string message)
    {
        var e = Assert.Throws<InvalidInputException>(() => SpaceFile.Read(File(Space(design, vary, objectives: objectives))));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_points_than_are_counted_are_refused()
    {
        static string Many(int first, int count) => $"[{string.Join(", ", Enumerable.Range(first, count))}]";
        var vary = string.Join(", ", new[]
        {
            ("tile.rows", Many(1, 256)), ("tile.maximum_subspaces", Many(1, 256)), ("tile.index_buffer_beats", Many(4, 256)),
            ("matching.lanes", Many(1, 256)), ("matching.load_lanes", Many(1, 256)), ("rescale.units", Many(1, 256)),
            ("similarity.centroids", Many(2, 255)), ("similarity.vector_length", Many(1, 16)), ("matching.modules", Many(1, 16)),
        }.Select(axis => $"\"{axis.Item1}\": {axis.Item2}"));

        var e = Assert.Throws<InvalidInputException>(() => SpaceFile.Read(File(Space(vary: $"{{ {vary} }}"))));

        Assert.Contains("62 bits", e.Message, StringComparison.Ordinal);
    }
}
