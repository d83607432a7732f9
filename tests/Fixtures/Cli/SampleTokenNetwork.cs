using System.Buffers.Binary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Hardware;

namespace LutDla.Tests;

/// <summary>A network of tokens with one block of attention, and a folder of sequences for it.</summary>
internal static class SampleTokenNetwork
{
    public const int Vocabulary = 8;

    private const int Longest = 6;

    private const int Channels = 4;

    private static readonly TensorRescale Same = new(1, 0, -128, 127);

    public static QuantizedNetwork Network { get; } = new()
    {
        Name = "tokens",
        Input = new InputQuantizer
        {
            Height = 1, Width = Longest, Channels = Channels, ActivationBits = 8, Vocabulary = Vocabulary,
            Codes = [.. Enumerable.Range(0, Vocabulary * Channels).Select(i => (short)(i * 37 % 200 - 100))],
        },
        Nodes =
        [
            new NormNode("norm", ["input"], true, 16, [50, -50, 40, 60], [0, 8, 0, -8], 0, -128, 127),
            Linear("q", "norm", 1), Linear("k", "norm", 2), Linear("v", "norm", 3),
            new AttentionNode("attention", ["q", "k", "v"], new AttentionLayer
            {
                Heads = 2, KeyHeads = 2, HeadChannels = 2, IsCausal = true,
                Rotation = [.. Enumerable.Range(0, 2 * Longest).Select(i => (short)(i % 2 == 0 ? 9830 : 13107))],
                ScoreMultiplier = 1, ScoreShift = 10, Rescale = Same,
            }),
            Linear("o", "attention", 4), new AddNode("sum", ["input", "o"], 1, 1, 0, -128, 127), new GeluNode("gelu", ["sum"], 1, 5, Same),
            new GatedProductNode("product", ["gelu", "sum"], 1, 5, new TensorRescale(1, 6, -128, 127)),
            Linear("head", "product", 5, Vocabulary),
        ],
        ResultScale = 0.1,
    };

    public static string Write(TemporaryFolder folder)
    {
        var path = folder.File("tokens.safetensors");
        ArtefactFile.Write(path, Network);
        return path;
    }

    /// <summary>Two sequences to test with.</summary>
    public static void WriteSequences(TemporaryFolder folder, params int[] tokens)
    {
        int[] all = tokens.Length > 0 ? tokens : [1, 7, 0, 3, 2, 2, 5];
        var bytes = new byte[2 * all.Length];
        foreach (var (i, token) in all.Index()) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)token);
        File.WriteAllBytes(folder.File("eval_tokens_u16le.bin"), bytes);
        File.WriteAllText(folder.File("eval_lengths.json"), """{"lengths": [5, 2]}""");
    }

    private static LutNode Linear(string name, string input, int seed, int outputs = Channels) =>
        new(name, [input], SampleNetworks.Layer(Channels, outputs, SampleNetworks.Kernel1, v: 2, c: 8, DistanceMetric.L1, seed: seed));
}
