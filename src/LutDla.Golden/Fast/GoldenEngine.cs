using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Golden.Rules;

namespace LutDla.Golden.Fast;

/// <summary>
/// The fast form of a network: vectorised over pixels, on several threads over images, equal to <see cref="GoldenNetwork"/> integer for
/// integer. One call at a time; it allocates nothing for an image.
/// </summary>
public sealed class GoldenEngine
{
    /// <summary>Results that are looked at together.</summary>
    private const int ChunkValues = 1 << 20;

    private readonly EngineWorker[] _workers;

    /// <param name="network">A network that keeps <see cref="NetworkRules"/>.</param>
    /// <param name="threads">
    /// How many images are in work at once; 0: as many as there are processors. Fewer, if the network is so large that they would have
    /// more than <see cref="NetworkLimits.RunValuesAtOnce"/> values.
    /// </param>
    /// <exception cref="InvalidInputException">The network is illegal, or takes tokens.</exception>
    public GoldenEngine(QuantizedNetwork network, int threads = 0)
        : this(network, threads == 0 ? Environment.ProcessorCount : threads, EngineVariants.Supported[^1])
    {
    }

    internal GoldenEngine(QuantizedNetwork network, int threads, EngineVariant variant)
    {
        var facts = NetworkRules.Facts(network);
        if (network.Input.Vocabulary is { } vocabulary)
        {
            throw new InvalidInputException(
                network.Name, $"{InputQuantizer.NodeName}.vocabulary", $"{vocabulary}", "The fast form takes images only.",
                "Give the network tokens.");
        }

        var plans = network.Nodes.ToDictionary(
            node => node.Name, node => node.Accept(new NodePlanner([.. node.Inputs.Select(name => facts[name])], variant)));
        var workers = (int)Math.Clamp(NetworkLimits.RunValuesAtOnce / RunBudget.Values(network, facts), 1, threads);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => new EngineWorker(network, facts, plans))];
        ImageBytes = facts[InputQuantizer.NodeName].Shape.Count;
        OutputLength = facts[network.Nodes[^1].Name].Shape.Count;
    }

    /// <summary>Bytes of one image.</summary>
    public int ImageBytes { get; }

    /// <summary>Values of one result.</summary>
    public int OutputLength { get; }

    /// <summary>Runs <paramref name="count"/> images.</summary>
    /// <param name="images">[count, Height, Width, Channels].</param>
    /// <param name="outputs">[count, <see cref="OutputLength"/>].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public unsafe void Infer(ReadOnlySpan<byte> images, int count, Span<int> outputs)
    {
        if (images.Length != (long)count * ImageBytes)
            throw new ArgumentException($"{count} images have {(long)count * ImageBytes} bytes, not {images.Length}.", nameof(images));
        if (outputs.Length != (long)count * OutputLength)
            throw new ArgumentException(
                $"{count} results have {(long)count * OutputLength} values, not {outputs.Length}.", nameof(outputs));
        fixed (byte* image = images)
        {
            fixed (int* output = outputs)
            {
                // A lambda cannot hold a span or a fixed pointer; both stay pinned until every worker is done.
                var (firstImage, firstOutput) = ((nint)image, (nint)output);
                Parallel.For(0, _workers.Length, w => RunShare(w, count, (byte*)firstImage, (int*)firstOutput));
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>The class of each image (<see cref="Decision"/>).</summary>
    /// <param name="classes">[count].</param>
    public void Classify(ReadOnlySpan<byte> images, int count, Span<int> classes)
    {
        // So many that every thread has work, and few enough that their results are few.
        var chunk = Math.Min(count, Math.Max(_workers.Length, ChunkValues / OutputLength));
        var outputs = new int[chunk * OutputLength];
        for (var first = 0; first < count; first += chunk)
        {
            var here = Math.Min(chunk, count - first);
            Infer(images.Slice(first * ImageBytes, here * ImageBytes), here, outputs.AsSpan(0, here * OutputLength));
            for (var i = 0; i < here; i++)
                classes[first + i] = Decision.Of(outputs.AsSpan(i * OutputLength, OutputLength));
        }
    }

    /// <summary>How many of the images get the class that <paramref name="labels"/> says.</summary>
    /// <param name="labels">One an image.</param>
    public int CountCorrect(ReadOnlySpan<byte> images, ReadOnlySpan<byte> labels)
    {
        var classes = new int[labels.Length];
        Classify(images, labels.Length, classes);
        var correct = 0;
        for (var i = 0; i < classes.Length; i++)
            correct += classes[i] == labels[i] ? 1 : 0;
        return correct;
    }

    private unsafe void RunShare(int worker, int count, byte* images, int* outputs)
    {
        var (first, end) = ((int)((long)count * worker / _workers.Length), (int)((long)count * (worker + 1) / _workers.Length));
        for (var i = first; i < end; i++)
        {
            _workers[worker].Run(
                new ReadOnlySpan<byte>(images + (nint)i * ImageBytes, ImageBytes),
                new Span<int>(outputs + (nint)i * OutputLength, OutputLength));
        }
    }
}
