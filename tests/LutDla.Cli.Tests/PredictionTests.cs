using System.Globalization;
using System.Text.Json;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Safetensors;

namespace LutDla.Tests.Cli;

/// <summary>Predictions and scores that infer writes, against the reference form of the golden model.</summary>
public sealed class PredictionTests : IDisposable
{
    private const int Count = 7;

    private const double Scale = 0.03125;

    private readonly TemporaryFolder _folder = new();

    private readonly byte[] _images = new byte[Count * SampleNetwork.Side * SampleNetwork.Side];

    private readonly byte[] _labels = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 4))];

    private static readonly QuantizedNetwork Network = SampleNetwork.Network with { ResultScale = Scale };

    public PredictionTests()
    {
        new Random(5).NextBytes(_images);
        ArtefactFile.Write(_folder.File("net.safetensors"), Network);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task As_CSV_with_labels_or_without(bool isLabelled)
    {
        var run = await InferAsync(isLabelled, "out.csv", "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.StandardError));
        var lines = (await File.ReadAllTextAsync(_folder.File("out.csv"), TestContext.Current.CancellationToken)).Split('\n');
        Assert.Equal($"example,{(isLabelled ? "label," : "")}prediction,score_0,score_1,score_2,score_3", lines[0]);
        Assert.Equal([.. Enumerable.Range(0, Count).Select(i => Line(i, isLabelled)), ""], lines[1..]);
        var result = CliProcess.Result(run);
        Assert.Equal(isLabelled ? JsonValueKind.Number : JsonValueKind.Null, result.GetProperty("accuracy").ValueKind);
        Assert.Equal(_folder.File("out.csv"), result.GetProperty("predictions").GetString());
    }

    [Fact]
    public async Task As_JSON_lines()
    {
        await InferAsync(isLabelled: true, "out.jsonl");

        var lines = await File.ReadAllLinesAsync(_folder.File("out.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(Count, lines.Length);
        foreach (var (i, line) in lines.Index())
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            Assert.Equal(["example", "label", "prediction", "score"], row.EnumerateObject().Select(property => property.Name));
            Assert.Equal((i, (int)_labels[i]), (row.GetProperty("example").GetInt32(), row.GetProperty("label").GetInt32()));
            Assert.Equal(Scores(i), row.GetProperty("score").EnumerateArray().Select(score => score.GetDouble()));
        }
    }

    [Theory]
    [InlineData("out.txt", "must end with .csv, or with .jsonl or .ndjson for a JSON object a line.")]
    [InlineData("out", "must end with .csv, or with .jsonl or .ndjson for a JSON object a line.")]
    [InlineData("none/out.csv", "must lie in a folder that exists.")]
    public async Task A_name_that_tells_no_format_is_refused_before_the_work(string name, string message)
    {
        var run = await InferAsync(isLabelled: true, name);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.StandardError, StringComparison.Ordinal);
        Assert.Empty(run.StandardOutput);
        Assert.Equal(["examples.safetensors", "net.safetensors"], _folder.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_labels_and_without_a_file_there_is_nothing_to_say()
    {
        Write(isLabelled: false);

        var run = await CliProcess.RunAsync(
            "infer", "--network", _folder.File("net.safetensors"), "--examples", _folder.File("examples.safetensors"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Give labelled examples, or --out FILE for predictions alone.", run.StandardError, StringComparison.Ordinal);
    }

    // Of each next token: which is the likeliest, and the likelihood of the one that comes, as the command itself sums it up.
    [Fact]
    public async Task Of_sequences_each_token_is_predicted()
    {
        var network = SampleTokenNetwork.Write(_folder);
        SampleTokenNetwork.WriteSequences(_folder);

        var run = await CliProcess.RunAsync(
            "infer", "--network", network, "--tokens", _folder.Path, "--out", _folder.File("out.csv"), "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.StandardError));
        var score = CliProcess.Result(run).GetProperty("score");
        var lines = await File.ReadAllLinesAsync(_folder.File("out.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("example,position,label,prediction,nats", lines[0]);
        var rows = lines[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal(score.GetProperty("predictions").GetInt32(), rows.Count);
        Assert.Equal(score.GetProperty("accuracy").GetDouble(), rows.Average(row => row[2] == row[3] ? 1.0 : 0));
        var nats = rows.Average(row => double.Parse(row[4], CultureInfo.InvariantCulture));
        Assert.Equal(score.GetProperty("negative_log_likelihood").GetDouble(), nats, 1e-5);
    }

    private string Line(int image, bool isLabelled)
    {
        var scores = Scores(image);
        var label = isLabelled ? $"{_labels[image]}," : "";
        var numbers = scores.Select(score => score.ToString(CultureInfo.InvariantCulture));
        return $"{image},{label}{Array.IndexOf(scores, scores.Max())},{string.Join(',', numbers)}";
    }

    private double[] Scores(int image)
    {
        var bytes = SampleNetwork.Side * SampleNetwork.Side;
        return [.. GoldenNetwork.Run(Network, _images.AsSpan(image * bytes, bytes)).Select(code => code * Scale)];
    }

    private void Write(bool isLabelled)
    {
        var inputs = new TensorData("inputs", SafetensorsType.U8, [Count, 1, SampleNetwork.Side, SampleNetwork.Side], _images);
        var labels = new TensorData("labels", SafetensorsType.U8, [Count], _labels);
        SafetensorsWriter.Write(
            _folder.File("examples.safetensors"), new Dictionary<string, string>(), isLabelled ? [inputs, labels] : [inputs]);
    }

    private Task<CliWrap.Buffered.BufferedCommandResult> InferAsync(bool isLabelled, string target, params string[] options)
    {
        Write(isLabelled);
        return CliProcess.RunAsync(
        [
            "infer", "--network", _folder.File("net.safetensors"), "--examples", _folder.File("examples.safetensors"),
            "--out", _folder.File(target), .. options,
        ]);
    }
}
