using System.Text.Json;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cli.Tests;

public sealed class ExploreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExploreTests()
    {
        SampleImages.WriteNoise(_folder, count: 256, side: 28, seed: 1);
        SampleTechnology.Write(_folder, SampleTechnology.Kinds(Core.From(DesignFile.Load(Tiny))), hasPower: true);
        WriteSpace(limits: "{ \"accuracy_drop\": 99 }");
    }

    public void Dispose() => _folder.Dispose();

    private static string Tiny => Repository.File("configs", "tiny.json");

    [Fact]
    public async Task The_front_is_shown_kept_and_one_of_it_can_be_picked()
    {
        var run = await CliProcess.RunAsync([.. Explore("a.db"), "--json", "-"]);
        var again = await CliProcess.RunAsync([.. Explore("a.db"), "--workers", "1", "--json", "-"]);

        Assert.True(run.ExitCode == 0, run.StandardError);
        var front = CliProcess.Result(run).GetProperty("front").EnumerateArray().ToList();
        Assert.NotEmpty(front);
        Assert.Equal(CliProcess.Result(run).GetRawText(), CliProcess.Result(again).GetRawText());
        Assert.All(front, p => Assert.InRange(Figure(p, "accuracy_drop"), -100, 99));
        Assert.All(front.Zip(front.Skip(1)), pair => Assert.True(Figure(pair.First, "gops_per_w") >= Figure(pair.Second, "gops_per_w")));

        var picked = await CliProcess.RunAsync(
            "explore", "--store", _folder.File("a.db"), "--pick", front[0].GetProperty("hash").GetString()!,
            "--out", _folder.File("picked"));
        Assert.True(picked.ExitCode == 0, picked.StandardError);
        var design = DesignFile.Load(_folder.File("picked/design.json"));
        Assert.Equal(front[0].GetProperty("values").GetProperty("matching.lanes").GetString(), $"{design.Matching.Lanes}");
        Assert.Contains("lutdla convert --weights lenet5-fashion.safetensors", File.ReadAllText(_folder.File("picked/convert.txt")));
        Assert.NotEmpty(Directory.EnumerateFiles(_folder.File("picked/rtl"), "*.v"));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_to_the_same_front()
    {
        var whole = await CliProcess.RunAsync([.. Explore("whole.db"), "--json", "-"]);

        await CliProcess.KillAtAsync("measure accuracy", Explore("killed.db"));
        var resumed = await CliProcess.RunAsync([.. Explore("killed.db"), "--json", "-"]);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(CliProcess.Result(whole).GetRawText(), CliProcess.Result(resumed).GetRawText());
    }

    [Fact]
    public async Task A_search_estimates_few_points_and_can_be_picked_from()
    {
        var run = await CliProcess.RunAsync([.. Explore("s.db"), "--search", "--json", "-"]);
        var again = await CliProcess.RunAsync([.. Explore("s.db"), "--search", "--json", "-"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(CliProcess.Result(run).GetRawText(), CliProcess.Result(again).GetRawText());
        Assert.Contains("better ones may have been missed.", run.StandardError, StringComparison.Ordinal);
        var hash = CliProcess.Result(run).GetProperty("front")[0].GetProperty("hash").GetString()!;
        var picked = await CliProcess.RunAsync(
            "explore", "--store", _folder.File("s.db"), "--pick", hash, "--out", _folder.File("picked"));
        Assert.Equal(0, picked.ExitCode);
    }

    [Fact]
    public async Task A_space_that_takes_days_wants_a_search()
    {
        static string Many(int first, int count) => string.Join(", ", Enumerable.Range(first, count));
        File.WriteAllText(_folder.File("space.json"), $$"""
            {
              "design": "{{Tiny}}", "objectives": ["gops"],
              "vary": {
                "matching.lanes": [{{Many(1, 250)}}], "tile.rows": [{{Many(1, 250)}}], "tile.maximum_subspaces": [{{Many(400, 250)}}],
                "tile.index_buffer_beats": [{{Many(4, 250)}}]
              }
            }
            """);

        var run = await CliProcess.RunAsync(Explore("days.db"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--space = 3,906,250,000 points\n    must have at most 1,000,000,000", run.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"area_mm2\": 0 }", "No design of the space keeps all limits.")]
    [InlineData("{ \"accuracy_drop\": -100 }", "no format is accurate enough")]
    public async Task Limits_that_nothing_keeps_end_with_1(string limits, string message)
    {
        WriteSpace(limits);

        var run = await CliProcess.RunAsync(Explore("none.db"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fc9=exact", "layers = fc9=exact\n    The pattern must match a layer.")]
    [InlineData("fc1=often", "layer rule: fc1 = often")]
    public async Task A_rule_of_layers_that_is_none_is_refused_before_anything_is_estimated(string rule, string message)
    {
        var run = await CliProcess.RunAsync([.. Explore("r.db"), "--layer", rule]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("r.db", _folder.Names);
    }

    [Fact]
    public async Task A_store_of_another_space_is_refused()
    {
        Assert.Equal(0, (await CliProcess.RunAsync(Explore("a.db"))).ExitCode);
        WriteSpace(limits: "{ \"accuracy_drop\": 98 }");

        var run = await CliProcess.RunAsync(Explore("a.db"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("inputs = space\n    must be those that the store was begun with.", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_that_no_point_has_is_refused_and_nothing_is_written()
    {
        Assert.Equal(0, (await CliProcess.RunAsync(Explore("a.db"))).ExitCode);

        var run = await CliProcess.RunAsync("explore", "--store", _folder.File("a.db"), "--pick", "0123456789", "--out", _folder.File("p"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--pick = 0123456789\n    is no point of a front", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("p", _folder.Names);
    }

    [Theory]
    [InlineData("--space = (none)\n    must be given, unless --pick is.")]
    [InlineData("--technology = (none)\n    must be given, unless --pick is.", "--space", "space.json")]
    public async Task What_is_missing_is_told(string message, params string[] options)
    {
        var run = await CliProcess.RunAsync(
        [
            "explore", "--store", _folder.File("s.db"),
            .. options.Select(o => o.EndsWith(".json", StringComparison.Ordinal) ? _folder.File(o) : o),
        ]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("s.db", _folder.Names);
    }

    private static double Figure(JsonElement point, string word) => point.GetProperty("figures").GetProperty(word).GetDouble();

    private void WriteSpace(string limits) => File.WriteAllText(_folder.File("space.json"), $$"""
        {
          "design": "{{Tiny}}",
          "vary": {
            "similarity.vector_length": [2, 4], "matching.lanes": [2, 4, 6], "rescale.units": [1, 2], "tile.maximum_subspaces": [8, 400],
            "rescale.output_bits": [12]
          },
          "limits": {{limits}}, "objectives": ["gops_per_w", "accuracy_drop"]
        }
        """);

    private string[] Explore(string store) =>
    [
        "explore", "--space", _folder.File("space.json"), "--weights", Repository.File("networks", "lenet5-fashion.safetensors"),
        "--data-folder", _folder.Path, "--technology", _folder.File("technology.json"), "--store", _folder.File(store),
        "--probe-images", "20", "--probe-tests", "50",
    ];
}
