using LutDla.Golden.Safetensors;

namespace LutDla.Cli.Tests;

/// <summary>However much is wrong, the message is one screenful that tells each kind of fault, and how many there are.</summary>
public sealed class ManyProblemsTests : IDisposable
{
    private const int ScreenLines = 24;

    private const int ScreenColumns = 100;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_tensors_are_one_message_with_examples_and_a_count()
    {
        SampleImages.Write(_folder, count: 2, side: 28);
        var weights = _folder.File("net.safetensors");
        var metadata = new Dictionary<string, string>
        {
            ["architecture"] = "resnet56", ["input"] = "28x28x1", ["classes"] = "10", ["mean"] = "0", ["deviation"] = "1",
        };
        SafetensorsWriter.Write(weights, metadata, [TensorData.FromSingles("other", [1], [0])]);

        var run = await CliProcess.RunAsync("convert", "--weights", weights, "--data-folder", _folder.Path, "--out", _folder.File("out"));

        Assert.Equal(2, run.ExitCode);
        var lines = run.StandardError.TrimEnd().Split('\n');
        Assert.StartsWith($"{weights}: conv1.weight = missing", lines[0], StringComparison.Ordinal);
        // 55 convolutions with four tensors of normalisation each, weights and bias of a linear layer; one tensor too many.
        const int Missing = 55 * 5 + 2;
        Assert.Matches($"Likewise: conv1.norm.weight = missing, .*, .*, and {Missing - 4} more of this kind$", lines[3]);
        Assert.Equal($"{weights}: other = F32 [1]", lines[4]);
        Assert.Equal($"{Missing + 1} problems", lines[^1]);
        Assert.InRange(lines.Length, 8, 8);
    }

    [Fact]
    public async Task Faults_of_many_kinds_and_long_names_still_are_a_screenful()
    {
        var config = _folder.File("design.json");
        var keys = Enumerable.Range(0, 40).Select(i => $"\"{(char)('a' + i % 26)}{new string('y', 50 * i)}\": 1");
        await File.WriteAllTextAsync(config, $"{{ {string.Join(", ", keys)} }}", TestContext.Current.CancellationToken);

        var run = await CliProcess.RunAsync("generate", "--config", config, "--out", _folder.File("out"));

        Assert.Equal(2, run.ExitCode);
        var lines = run.StandardError.TrimEnd().Split('\n');
        Assert.True(lines.Sum(line => 1 + line.Length / ScreenColumns) <= 2 * ScreenLines, run.StandardError);
        Assert.EndsWith(" problems", lines[^1], StringComparison.Ordinal);
    }
}
