using LutDla.Golden.Artefact;
using LutDla.Golden.Safetensors;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Tests;

namespace LutDla.Fuzz.Seeds;

/// <summary>A folder of legal inputs of every format, as small as they get: what is fuzzed starts from them.</summary>
internal sealed class SeedFolder : IDisposable
{
    private const int Side = 16;

    private const int Classes = 3;

    private readonly TemporaryFolder _folder = new();

    private SeedFolder()
    {
    }

    public string Path => _folder.Path;

    /// <summary>Writes all of them; those that are made of others by the commands themselves.</summary>
    /// <exception cref="InvalidOperationException">A command refuses a legal input.</exception>
    public static async Task<SeedFolder> CreateAsync()
    {
        var seeds = new SeedFolder();
        seeds.WriteDesigns();
        SampleNetwork.Write(seeds._folder);
        SampleTokenNetwork.Write(seeds._folder);
        ArtefactFile.Write(seeds.File("kinds.safetensors"), SampleNetworks.AllKinds());
        SampleImages.WriteNoise(seeds._folder, count: 12, SampleNetwork.Side, seed: 1);
        seeds.WriteExamples();
        System.IO.File.WriteAllBytes(seeds.File("model.onnx"), OnnxSeed.Network(Side, Classes));
        System.IO.File.WriteAllBytes(seeds.File("functions.onnx"), OnnxSeed.Functions(Side, Classes));
        SampleTechnology.Write(seeds._folder, SampleTechnology.Kinds(Core.From(DesignFile.Load(seeds.File("edge.json")))));
        DataSeeds.Write(seeds._folder);
        System.IO.File.WriteAllText(seeds.File("cells.lib"), LibertySeed.Text);
        await RunAsync(
            "train", "--network", "lenet5", "--examples", seeds.File("bytes.safetensors"), "--epochs", "0", "--out",
            seeds.File("lenet5.safetensors"));
        TorchSeed.Write(seeds.File("lenet5.safetensors"), seeds.File("lenet5.pt"));
        TorchSeed.WriteLegacy(seeds.File("lenet5.safetensors"), seeds.File("lenet5.pth"));
        await RunAsync(
            "convert", "--weights", seeds.File("model.onnx"), "--examples", seeds.File("numbers.safetensors"), "--preset", "fast",
            "--out", seeds.File("converted.safetensors"));
        await RunAsync(
            "infer", "--network", seeds.File("net.safetensors"), "--data-folder", seeds.Path, "--json", seeds.File("infer.json"));
        return seeds;
    }

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    private static async Task RunAsync(params string[] arguments)
    {
        var run = await CommandRun.InProcessAsync(arguments);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}{run.Exception}");
    }

    private void WriteDesigns()
    {
        foreach (var config in Repository.Configs)
            System.IO.File.Copy(config, File(System.IO.Path.GetFileName(config)));
    }

    // Bytes and numbers.
    private void WriteExamples()
    {
        const int Count = 24;
        // More than a conversion takes, so that there are others to measure on.
        const int Many = 920;
        var kinds = SampleNetworks.AllKinds().Input;
        WriteBytes("bytes.safetensors", Count, 1, Side, Side);
        WriteBytes("many.safetensors", Many, 1, Side, Side);
        WriteBytes("kinds-examples.safetensors", Count, kinds.Channels, kinds.Height, kinds.Width);
        var random = new Random(2);
        var numbers = TensorData.FromSingles(
            "inputs", [Count, 1, Side, Side], [.. Enumerable.Range(0, Count * Side * Side).Select(_ => 5 * random.NextSingle() - 2)]);
        SafetensorsWriter.Write(File("numbers.safetensors"), [], [numbers, Labels(Count)]);
        SafetensorsWriter.Write(File("unlabelled.safetensors"), [], [numbers]);
    }

    private void WriteBytes(string name, int count, int channels, int height, int width)
    {
        var pixels = new byte[count * channels * height * width];
        new Random(1).NextBytes(pixels);
        var inputs = new TensorData("inputs", SafetensorsType.U8, [count, channels, height, width], pixels);
        SafetensorsWriter.Write(File(name), [], [inputs, Labels(count)]);
    }

    private static TensorData Labels(int count) =>
        TensorData.FromIntegers("labels", [count], [.. Enumerable.Range(0, count).Select(i => i % Classes)]);
}
