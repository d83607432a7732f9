using System.Collections.Immutable;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Networks.Files;

/// <summary>
/// Decoders of the Llama family as llama2.c names their tensors, in safetensors. The metadata says the sizes: <c>arch</c>
/// (<c>llama2.c</c>), <c>dim</c>,
/// <c>hidden_dim</c>, <c>n_layers</c>, <c>n_heads</c>, <c>n_kv_heads</c>, <c>vocab_size</c>, <c>max_seq_len</c>, <c>norm_eps</c> and
/// <c>rope_theta</c>. The output layer has the weights of the embedding.
/// </summary>
public static class LlamaFile
{
    private const string Architecture = "llama2.c";

    private const string Mend = "Give a file of this kind, whole.";

    private const string OutputName = "output";

    /// <summary>Whether a file says that it is one of these.</summary>
    /// <exception cref="InvalidInputException">It is no safetensors file.</exception>
    public static bool Is(string path)
    {
        using var file = SafetensorsReader.Open(path);
        return file.Metadata.GetValueOrDefault("arch") == Architecture;
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InvalidInputException">
    /// Not such a file, sizes out of range, or tensors that do not fit them; holds every problem of a kind.
    /// </exception>
    public static FloatNetwork Read(string path)
    {
        using var file = SafetensorsReader.Open(path);
        var graph = Graph(file);
        var weights = graph.TensorShapes.Where(pair => IsStored(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        Check(file, weights);
        TorchRuntime.EnsureLoaded();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, shape) in graph.TensorShapes)
        {
            var stored = name == $"{OutputName}.weight" ? FloatGraph.Embedding : name;
            tensors[name] = IsStored(stored) ? tensor(Values(file, stored), shape) : zeros(shape);
        }

        return new FloatNetwork(graph, PixelNormalisation.None, tensors)
        {
            Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("weights", Path.GetFileName(path)),
        };
    }

    /// <summary>Tokens that a small decoder takes at most.</summary>
    public const int SmallPositions = 512;

    /// <summary>A decoder to be trained here, of the size of the smallest published one; its output layer has weights of its own.</summary>
    internal static FloatGraph Small(string name, int vocabulary, int positions) => Graph(
        vocabulary, positions, channels: 64, hidden: 172, layers: 5, heads: 8, keyHeads: 4, epsilon: 1e-5, rotaryBase: 10_000)
        with { Architecture = name };

    /// <summary>The graph of such a decoder.</summary>
    /// <param name="hidden">Channels of the feed-forward part.</param>
    /// <param name="keyHeads">Divides <paramref name="heads"/>, which divides <paramref name="channels"/> into even parts.</param>
    internal static FloatGraph Graph(
        int vocabulary, int positions, int channels, int hidden, int layers, int heads, int keyHeads, double epsilon, double rotaryBase)
    {
        var (graph, size) = (new GraphBuilder(Architecture, 1, 1, channels, vocabulary), channels / heads);
        var x = FloatGraph.InputName;
        for (var i = 0; i < layers; i++)
        {
            var (layer, attention, feed) = ($"layers.{i}", $"layers.{i}.attention", $"layers.{i}.feed_forward");
            var norm = graph.Norm($"{layer}.attention_norm", x, isCentred: false, epsilon);
            var seen = graph.Attention(
                attention, graph.Linear($"{attention}.wq", norm, channels), graph.Linear($"{attention}.wk", norm, keyHeads * size),
                graph.Linear($"{attention}.wv", norm, keyHeads * size), heads, keyHeads, isCausal: true, rotaryBase);
            x = graph.Add($"{layer}.attended", x, graph.Linear($"{attention}.wo", seen, channels), relu: false);
            norm = graph.Norm($"{layer}.ffn_norm", x, isCentred: false, epsilon);
            var product = graph.GatedProduct(
                $"{feed}.product", graph.Linear($"{feed}.w1", norm, hidden), graph.Linear($"{feed}.w3", norm, hidden));
            x = graph.Add(layer, x, graph.Linear($"{feed}.w2", product, channels), relu: false);
        }

        graph.Linear(OutputName, graph.Norm("norm", x, isCentred: false, epsilon), vocabulary);
        return graph.Build() with { Tokens = new TokenInput(vocabulary, positions) };
    }

    // Linear layers have no bias, and the output layer no weights of its own.
    private static bool IsStored(string name) => !name.EndsWith(".bias", StringComparison.Ordinal) && name != $"{OutputName}.weight";

    private static FloatGraph Graph(SafetensorsReader file)
    {
        var found = file.Metadata.GetValueOrDefault("arch", "missing");
        if (found != Architecture) throw new InvalidInputException(file.Path, "arch", found, $"It must be {Architecture}.", Mend);
        var problems = new List<InputProblem>();
        var (channels, heads) = ((int)Number("dim", 2, 4096), (int)Number("n_heads", 1, 256));
        var keyHeads = (int)Number("n_kv_heads", 1, 256);
        if (problems.Count == 0 && (channels % (2 * heads) != 0 || heads % keyHeads != 0))
        {
            problems.Add(new(
                file.Path, "n_heads", $"{heads} of {channels} channels, {keyHeads} of keys",
                "Heads must have even, equal parts, and keys divide them.", Mend));
        }

        var (vocabulary, positions, hidden, layers) = (
            (int)Number("vocab_size", 2, 65536), (int)Number("max_seq_len", 2, 16384), (int)Number("hidden_dim", 1, 65536),
            (int)Number("n_layers", 1, 128));
        var (epsilon, rotaryBase) = (Number("norm_eps", 1e-12, 1), Number("rope_theta", 1, 1e9));
        return problems.Count == 0
            ? Graph(vocabulary, positions, channels, hidden, layers, heads, keyHeads, epsilon, rotaryBase)
            : throw new InvalidInputException(problems);

        double Number(string key, double minimum, double maximum)
        {
            var text = file.Metadata.GetValueOrDefault(key, "missing");
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= minimum
                && value <= maximum
                && (minimum < 1 || value == Math.Floor(value)))
            {
                return value;
            }

            problems.Add(new(file.Path, key, text, $"It must be {minimum} to {maximum}.", Mend));
            return minimum;
        }
    }

    private static void Check(SafetensorsReader file, Dictionary<string, long[]> weights)
    {
        var problems = new List<InputProblem>();
        foreach (var (name, shape) in weights)
        {
            // Linear layers are stored as matrices.
            var expected = $"F32 [{string.Join(", ", shape is [_, _, 1, 1] ? shape[..2] : shape)}]";
            var found = file.Find(name)?.Description ?? "missing";
            if (found != expected) problems.Add(new InputProblem(file.Path, name, found, $"It must be {expected}.", Mend));
        }

        problems.AddRange(file.Tensors.Where(tensor => !weights.ContainsKey(tensor.Name)).Select(tensor => new InputProblem(
            file.Path, tensor.Name, tensor.Description, "The architecture has no such tensor.", Mend)));
        if (problems.Count > 0) throw new InvalidInputException(problems);
    }

    private static float[] Values(SafetensorsReader file, string name)
    {
        var values = file.ReadSingles(name);
        WeightRules.Check(file.Path, name, values, Mend);
        return values;
    }
}
