using CliWrap.Buffered;
using LutDla.Golden.Artefact;
using LutDla.Golden.Reference;

namespace LutDla.Cli.Tests;

public sealed class SequenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _network;

    public SequenceTests()
    {
        _network = SampleTokenNetwork.Write(_folder);
        SampleTokenNetwork.WriteSequences(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_is_read_as_it_was_written_and_its_results_differ()
    {
        var read = ArtefactFile.Read(_network);
        var results = GoldenNetwork.Run(read, [1, 7, 0, 3, 2]);

        Assert.Equal(GoldenNetwork.Run(SampleTokenNetwork.Network, [1, 7, 0, 3, 2]), results);
        Assert.Equal(5 * SampleTokenNetwork.Vocabulary, results.Length);
        Assert.True(results.Distinct().Count() > 4);
        // What comes later changes nothing.
        Assert.Equal(results[..16], GoldenNetwork.Run(read, [1, 7]));
    }

    [Fact]
    public async Task Likelihood_and_accuracy_are_told()
    {
        var run = await CliProcess.RunAsync("infer", "--network", _network, "--tokens", _folder.Path, "--json", "-");

        Assert.Equal(0, run.ExitCode);
        var score = CliProcess.Result(run).GetProperty("score");
        Assert.Equal(5, score.GetProperty("predictions").GetInt64());
        Assert.InRange(score.GetProperty("negative_log_likelihood").GetDouble(), 0.1, 100);
    }

    [Theory]
    [InlineData("infer")]
    [InlineData("simulate")]
    public async Task Tokens_that_the_network_does_not_know_end_with_2(string command)
    {
        SampleTokenNetwork.WriteSequences(_folder, 1, 7, 0, 3, 2, 2, 8);

        var run = await RunAsync(command, "--tokens", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("token 6 = 8", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("must be 0 to 7.", run.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Texts_of_another_vocabulary_end_with_2()
    {
        foreach (var part in (string[])["train", "test"]) File.WriteAllText(_folder.File($"{part}.csv"), "text,category\na a,x\na,y\n");

        var run = await RunAsync("infer", "--texts", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("takes 8 different tokens, not 2", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_for_a_network_of_tokens_end_with_2()
    {
        SampleImages.Write(_folder, 2, 28);

        var run = await RunAsync("infer", "--data-folder", _folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("takes tokens, not images.", run.StandardError, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> RunAsync(string command, params string[] options) => CliProcess.RunAsync(
        [command, "--network", _network, .. command == "simulate" ? (string[])["--config", Repository.File("configs", "edge.json")] : [], .. options]);
}
