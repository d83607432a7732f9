namespace LutDla.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--preset = slow\n    must be one of fast, full, deep.", "--preset", "slow")]
    [InlineData("--metric = l3\n    must be one of l2, l1, chebyshev. Did you mean l", "--metric", "l3")]
    [InlineData("--vector-length = 17\n    must be a whole number from 1 to 16.", "--vector-length", "17")]
    [InlineData("--centroids = 1\n    must be a whole number from 2 to 256.", "--centroids", "1")]
    [InlineData("--table-bits = 1\n    must be a whole number from 2 to 16.", "--table-bits", "1")]
    [InlineData("--weight-bits = 17\n    must be a whole number from 2 to 16.", "--weight-bits", "17")]
    [InlineData("layer rule: fc1 = y3\n    It must be exact, lut, l1", "--layer", "fc1=y3", "conv1=exact")]
    [InlineData("--mean = 0.5,0.4;0.3\n    must be numbers with a space or a comma between them", "--mean", "0.5,0.4;0.3")]
    [InlineData("weights.safetensors: file = not readable", "--mean", "0.5,0.5,0.5", "--deviation", "1, 1", "1")]
    [InlineData("2 problems", "--layer", "fc1", "--layer", "conv1=exact,v4")]
    public async Task A_wrong_option_ends_with_2(string message, params string[] options)
    {
        var run = await ConvertAsync("weights.safetensors", options);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_none_end_with_2_and_leave_no_file()
    {
        var weights = SampleNetwork.Write(_folder); // a converted network is no float network

        var run = await ConvertAsync(weights);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{weights}: format = lutdla\n    This network is converted already.", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(["net.safetensors"], _folder.Names);
    }

    [Fact]
    public async Task Weights_that_know_what_they_see_take_no_normalisation()
    {
        var run = await ConvertAsync(SampleNetwork.Write(_folder), "--mean", "0.5");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("These are for ONNX files", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ONNX_file_that_is_none_ends_with_2_and_leaves_no_file()
    {
        var weights = _folder.File("net.onnx");
        await File.WriteAllTextAsync(weights, "no model", TestContext.Current.CancellationToken);

        var run = await ConvertAsync(weights);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{weights}: ", run.StandardError, StringComparison.Ordinal);
        Assert.Equal(["net.onnx"], _folder.Names);
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> ConvertAsync(string weights, params string[] options) =>
        CliProcess.RunAsync(["convert", "--weights", weights, "--out", _folder.File("out.safetensors"), .. options]);
}
