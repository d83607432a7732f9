using System.Security.Cryptography;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Safetensors;

namespace LutDla.Tests.Cli;

/// <summary>
/// Converted networks remember what they were made with by name; nothing is opened because of it but what is known, and that is told.
/// </summary>
public sealed class RememberedDataTests : IDisposable
{
    private const int Count = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_set_is_taken_by_its_name()
    {
        SampleImages.Write(_folder, count: 3, SampleNetwork.Side);

        var run = await InferAsync(new(DataKind.Dataset, "mnist"), "--data-folder", _folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Data: mnist, as small was converted with.", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_set_that_is_named_is_taken_instead()
    {
        SampleImages.Write(_folder, count: 3, SampleNetwork.Side);

        var run = await InferAsync(new(DataKind.Dataset, "cifar10"), "--data", "mnist", "--data-folder", _folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("as small was converted with", run.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Count, "")]
    [InlineData(true, Count / 10, ", the tenth kept for the test")]
    public async Task A_file_beside_the_network_with_the_same_content_is_taken_and_told(bool isSplit, int images, string part)
    {
        var path = Examples("mine.safetensors");

        var run = await InferAsync(Origin(path, isSplit), "--json", "-");

        Assert.Equal((0, images), (run.ExitCode, CliProcess.Result(run).GetProperty("images").GetInt32()));
        Assert.Contains($"Examples: {path}{part}, as small was converted with.", run.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("elsewhere")]
    public async Task A_file_of_other_content_or_in_another_place_must_be_given_again(string what)
    {
        var path = Examples("mine.safetensors");
        var origin = Origin(path, isSplit: false);
        if (what == "changed")
            Examples("mine.safetensors", first: 1);
        else
            File.Move(path, Directory.CreateDirectory(_folder.File("other")).FullName + "/mine.safetensors");

        var run = await InferAsync(origin);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("small was converted with other data: mine.safetensors.", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("Give --examples, or put the same mine.safetensors beside", run.StandardError, StringComparison.Ordinal);
    }

    // A name is no path: whatever an artefact says, no other folder is looked into.
    [Theory]
    [InlineData("../mine.safetensors")]
    [InlineData("/dev/zero")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        var path = SampleNetwork.Write(_folder);
        var (metadata, tensors) = ArtefactContents.Read(path);
        var data = $"\"data\":{{\"kind\":\"examples\",\"name\":\"{name}\",\"sha256\":\"{new string('0', 64)}\"}},";
        metadata["graph"] = metadata["graph"].Replace("\"provenance\"", $"{data}\"provenance\"", StringComparison.Ordinal);
        SafetensorsWriter.Write(path, SafetensorsChecksum.Seal(metadata, tensors), tensors);

        var run = await CliProcess.RunAsync("infer", "--network", path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("It must name a data set, file or folder", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accuracy_on_the_examples_that_a_network_was_converted_with_says_that_it_is()
    {
        var path = Examples("mine.safetensors");

        var run = await InferAsync(Origin(path, isSplit: true), "--examples", path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("most of these are the examples that small was converted with", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversions_of_own_examples_remember_them()
    {
        SampleImages.WriteNoise(_folder, count: 40, side: 28, seed: 1);
        await CliProcess.RunAsync(
            "train", "--network", "lenet5", "--epochs", "0", "--data-folder", _folder.Path, "--out", _folder.File("float.safetensors"));
        var examples = Examples("own.safetensors", side: 28);

        await CliProcess.RunAsync(
            "convert", "--weights", _folder.File("float.safetensors"), "--preset", "fast", "--examples", examples,
            "--out", _folder.File("lut"));

        Assert.Equal(Origin(examples, isSplit: true), ArtefactFile.Read(_folder.File("lut")).Data);
    }

    [Theory]
    [InlineData(null, "The folder /usr/share/datasets/cifar10 does not hold test_batch.bin.")]
    [InlineData("/no/data", "None of /no/data/cifar10, /usr/share/datasets/cifar10 holds test_batch.bin.")]
    public async Task Data_that_is_not_there_is_told_with_the_option_and_where_it_was_looked_for(string? root, string message)
    {
        var environment = new Dictionary<string, string?> { ["LUTDLA_DATA"] = root };

        var run = await CliProcess.RunAsync(environment, "infer", "--network", SampleNetwork.Write(_folder), "--data", "cifar10");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"command line: --data = cifar10\n    {message}", run.StandardError, StringComparison.Ordinal);
    }

    private string Examples(string name, byte first = 0, int side = SampleNetwork.Side)
    {
        var images = new byte[Count * side * side];
        images[0] = first;
        byte[] labels = [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 4))];
        var path = _folder.File(name);
        SafetensorsWriter.Write(
            path, new Dictionary<string, string>(),
            [new("inputs", SafetensorsType.U8, [Count, 1, side, side], images), new("labels", SafetensorsType.U8, [Count], labels)]);
        return path;
    }

    private static DataOrigin Origin(string path, bool isSplit) => new(
        DataKind.Examples, Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), isSplit);

    private Task<CliWrap.Buffered.BufferedCommandResult> InferAsync(DataOrigin? origin, params string[] options)
    {
        var path = _folder.File("net.safetensors");
        ArtefactFile.Write(path, SampleNetwork.Network with { Data = origin });
        return CliProcess.RunAsync(["infer", "--network", path, .. options]);
    }
}
