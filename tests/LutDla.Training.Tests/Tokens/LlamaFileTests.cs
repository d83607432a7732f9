using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Training.Tests.Tokens;

public sealed class LlamaFileTests : IDisposable
{
    private static readonly string Data =
        Path.Combine(Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable) ?? "", "tinyllama260k");

    private readonly TemporaryFolder _folder = new();

    public LlamaFileTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Logits_are_those_of_the_reference()
    {
        Assert.SkipUnless(Directory.Exists(Data), $"{DatasetSource.EnvironmentVariable} names no folder that holds tinyllama260k.");
        using var network = LlamaFile.Read(Path.Combine(Data, "stories260K.safetensors"));
        var data = TokenFolder.Read(Data, DatasetPart.Test, 512, 512);
        IExamples first = data.Take(1);
        var batch = first.Whole([0]);

        using var noGradient = no_grad();
        var logits = network.Forward(batch.Inputs(network), spans: batch.Spans).contiguous().data<float>().ToArray();

        var bytes = File.ReadAllBytes(Path.Combine(Data, "eval_seq0_logits_f32le.bin"));
        var expected = Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i)).ToArray();
        Assert.InRange(logits.Zip(expected, (found, wanted) => Math.Abs(found - wanted)).Max(), 0, 1e-4);
        Assert.Equal((250, 99_352), (data.Count, data.Tokens.Length - data.Count));
    }

    [Fact]
    public void A_written_decoder_is_read_again()
    {
        using var network = ToyDecoder.Create();
        using var read = LlamaFile.Read(Write(network));
        IExamples data = ToyDecoder.Sequences(3, seed: 1);
        var batch = data.Whole([0, 1, 2]);

        using var noGradient = no_grad();
        // Its output layer has the weights of the embedding, which the sample's has not.
        network.Tensors["output.weight"].copy_(network.Tensors[FloatGraph.Embedding].reshape(ToyDecoder.Vocabulary, 16, 1, 1));
        var (expected, found) = (
            network.Forward(batch.Inputs(network), spans: batch.Spans), read.Forward(batch.Inputs(read), spans: batch.Spans));
        Assert.True(expected.equal(found).all().item<bool>());
    }

    [Theory]
    [InlineData("dim", "15", "n_heads = 4 of 15 channels, 2 of keys: Heads must have even, equal parts")]
    [InlineData("n_layers", "2.5", "n_layers = 2.5: It must be 1 to 128.")]
    [InlineData("vocab_size", "nan", "vocab_size = nan: It must be 2 to 65536.")]
    [InlineData("arch", "gpt", "arch = gpt: It must be llama2.c.")]
    public void Sizes_out_of_range_are_refused(string key, string value, string problem)
    {
        using var network = ToyDecoder.Create();
        Refused(Write(network, metadata => metadata[key] = value), problem);
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_told_all_at_once()
    {
        using var network = ToyDecoder.Create();
        var path = Write(network, metadata => (metadata["n_layers"], metadata["hidden_dim"]) = ("3", "22"));

        Refused(path, "layers.2.attention.wq.weight = missing: It must be F32 [16, 16].");
        Refused(path, "layers.0.feed_forward.w2.weight = F32 [16, 20]: It must be F32 [16, 22].");
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        using var network = ToyDecoder.Create();
        network.Tensors["layers.1.ffn_norm.weight"][3] = float.NaN;
        Refused(Write(network), "layers.1.ffn_norm.weight[3] = NaN: Every number must be finite");
    }

    private static void Refused(string path, string problem) =>
        Assert.Contains(problem, Assert.Throws<InvalidInputException>(() => LlamaFile.Read(path)).Message, StringComparison.Ordinal);

    // As others write them: linear layers as matrices without bias, no weights of the output layer.
    private string Write(FloatNetwork network, Action<Dictionary<string, string>>? change = null)
    {
        var metadata = new Dictionary<string, string>
        {
            ["arch"] = "llama2.c", ["dim"] = "16", ["hidden_dim"] = "20", ["n_layers"] = "2", ["n_heads"] = "4", ["n_kv_heads"] = "2",
            ["vocab_size"] = $"{ToyDecoder.Vocabulary}", ["max_seq_len"] = $"{ToyDecoder.Positions}", ["norm_eps"] = "1e-5",
            ["rope_theta"] = "10000",
        };
        change?.Invoke(metadata);
        var stored = network.Tensors.Where(pair => !pair.Key.EndsWith(".bias", StringComparison.Ordinal) && pair.Key != "output.weight");
        var path = _folder.File("toy.safetensors");
        SafetensorsWriter.Write(path, metadata, stored.Select(pair => TensorBytes.Encode(pair.Key, pair.Value.squeeze())));
        return path;
    }
}
