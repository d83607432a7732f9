namespace LutDla.Cosim.Tests.Integration;

/// <summary>A generated folder alone runs with make, and notices every difference.</summary>
public sealed class PlayedFolderTests
{
    [Theory]
    [InlineData("STALLS=0", "as scheduled")]
    [InlineData("STALLS=3", "with stalls")]
    [InlineData("STALLS=4", "with stalls")]
    public async Task The_vectors_are_equal(string stalls, string said)
    {
        using var folder = new PlayedFolder(OddDesign.Core, OddDesign.Layer);

        var run = await folder.PlayAsync(stalls);

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        var (results, indices) = (folder.Beats("result").Count, folder.Beats("index").Count);
        Assert.StartsWith(
            $"layer: equal: {results} of {results} result beats, {indices} of {indices} index beats, last result in cycle ", run.StandardOutput,
            StringComparison.Ordinal);
        Assert.Contains(said, run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verilator_runs_them_as_well()
    {
        using var folder = new PlayedFolder(OddDesign.Core, OddDesign.Layer);

        var sound = await folder.PlayAsync("verilator");

        Assert.True(sound.ExitCode == 0, sound.StandardOutput + sound.StandardError);
        Assert.StartsWith("layer: equal: ", sound.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("result", 7, "result beat 7 in cycle ")]
    [InlineData("index", 3, "index beat 3 in cycle ")]
    [InlineData("result_cycles", 7, ", expected in cycle ")]
    public async Task A_changed_expectation_is_a_difference(string vector, int line, string said)
    {
        using var folder = new PlayedFolder(OddDesign.Core, OddDesign.Layer);
        var lines = folder.Beats(vector);
        lines[line] = lines[line][..^1] + (lines[line][^1] == '0' ? '1' : '0');
        folder.SetBeats(vector, lines);

        var run = await folder.PlayAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(said, run.StandardOutput, StringComparison.Ordinal);
        var equal = folder.Beats("result").Count - (vector == "index" ? 0 : 1);
        Assert.Contains($"different: equal are {equal} of ", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_too_many_is_a_difference()
    {
        using var folder = new PlayedFolder(OddDesign.Core, OddDesign.Layer);
        folder.SetBeats("result", folder.Beats("result").SkipLast(1));

        var run = await folder.PlayAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(", nothing more is expected", run.StandardOutput, StringComparison.Ordinal);
    }
}
