using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.PyTorch;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Networks.Files;

/// <summary>
/// Weights that others have published for a network that the project defines, by PyTorch's names: those of our tensors, but for batch
/// normalisations, which stand beside their convolutions (<c>layer1.0.bn2</c> beside <c>layer1.0.conv2</c>, <c>features.1</c> beside
/// <c>features.0</c>).
/// </summary>
public static class PublishedWeights
{
    private const string Mend = "Give the weights of this architecture, or name another architecture.";

    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>What there may be published weights of: in the smallest residual network PyTorch has no names for the shortcuts.</summary>
    public static ImmutableArray<Architecture> Architectures { get; } =
    [
        .. Enum.GetValues<Architecture>()
            .Where(architecture => architecture != Architecture.ResNet8 && !Definitions.Architectures.IsOfTokens(architecture)),
    ];

    /// <summary>A network with the weights in a file: safetensors, or what torch.save writes (no code in it runs).</summary>
    /// <param name="graph">Of one of <see cref="Architectures"/>.</param>
    /// <param name="normalisation">What the network was trained to see: such files do not say.</param>
    /// <exception cref="InvalidInputException">
    /// The file is broken, or its tensors are not those of the graph; holds every problem.
    /// </exception>
    public static FloatNetwork Read(string path, FloatGraph graph, PixelNormalisation normalisation)
    {
        var found = Tensors(path).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var published = graph.TensorShapes.ToDictionary(pair => PublishedName(graph, pair.Key), pair => pair, StringComparer.Ordinal);
        Check(path, found, published);
        foreach (var name in published.Keys) WeightRules.Check(path, name, found[name].Values, Mend);

        TorchRuntime.EnsureLoaded();
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, (ours, shape)) in published) tensors[ours] = tensor(found[name].Values, shape);
        return new FloatNetwork(graph, normalisation, tensors)
        {
            Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("weights", Path.GetFileName(path)),
        };
    }

    /// <summary>What PyTorch calls one of our tensors.</summary>
    internal static string PublishedName(FloatGraph graph, string name)
    {
        const string Norm = ".norm.";
        var at = name.IndexOf(Norm, StringComparison.Ordinal);
        if (at < 0) return name;
        var (convolution, part) = (name[..at], name[(at + Norm.Length)..]);
        var start = convolution.LastIndexOf('.') + 1;
        var last = convolution[start..];
        var norm = int.TryParse(last, out var number) ? $"{number + 1}" : last.Replace("conv", "bn", StringComparison.Ordinal);
        return norm == last
            ? throw new InvalidOperationException($"Nothing is published for {graph.Architecture}: {name} has no name in PyTorch.")
            : $"{convolution[..start]}{norm}.{part}";
    }

    private static ImmutableArray<PyTorchTensor> Tensors(string path)
    {
        if (WeightFormats.Of(path) == WeightFormat.PyTorch) return PyTorchFile.Read(path);
        using var file = SafetensorsReader.Open(path);
        return
        [
            .. file.Tensors.Where(tensor => !tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal))
                .Select(tensor => new PyTorchTensor(tensor.Name, tensor.Shape, file.ReadSingles(tensor.Name))),
        ];
    }

    private static void Check(
        string path, Dictionary<string, PyTorchTensor> found, Dictionary<string, KeyValuePair<string, long[]>> published)
    {
        var problems = new List<InputProblem>();
        foreach (var (name, (_, shape)) in published)
        {
            var tensor = found.GetValueOrDefault(name);
            if (tensor is null || !Fits([.. tensor.Shape], shape))
            {
                problems.Add(new(
                    path, name, tensor is null ? "missing" : $"[{string.Join(", ", tensor.Shape)}]",
                    $"It must have the shape [{string.Join(", ", shape)}].", Mend));
            }
        }

        problems.AddRange(found.Values
            .Where(tensor => !published.ContainsKey(tensor.Name) && !tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal))
            .Select(
                tensor => new InputProblem(
                    path, tensor.Name, $"[{string.Join(", ", tensor.Shape)}]", "The architecture has no such tensor.", Mend)));
        if (problems.Count > 0) throw new InvalidInputException(problems);
    }

    // A linear layer is published as a matrix.
    private static bool Fits(long[] found, long[] expected) =>
        found.SequenceEqual(expected)
            || (found.Length == 2 && expected is [_, _, 1, 1] && found.AsSpan().SequenceEqual(expected.AsSpan(0, 2)));
}
