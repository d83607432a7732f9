using LutDla.Networks.Execution;
using static TorchSharp.torch;

namespace LutDla.Networks.Data;

/// <summary>Some examples: rows of pixels to networks. Tokens are pixels of an image each, one sequence after the other.</summary>
internal abstract class ExampleBatch
{
    /// <summary>How many examples.</summary>
    public abstract int Count { get; }

    /// <summary>Which tokens belong together; null for images.</summary>
    public virtual TokenSpans? Spans => null;

    /// <summary>In the place of a label where there is none: nothing comes after the last token of a sequence.</summary>
    public const long NoLabel = -100;

    /// <summary>[count of examples], int64; of sequences without labels [tokens], what comes next.</summary>
    public abstract Tensor Labels();

    /// <summary>What <paramref name="network"/> takes: [count, channels, height, width].</summary>
    public abstract Tensor Inputs(FloatNetwork network);

    /// <summary>
    /// Each pixel by a table of what its values mean (<see cref="FloatNetwork.Levels"/>): [count, height, width, channels].
    /// </summary>
    public abstract Tensor Levels(ReadOnlySpan<float> levels);
}
