using LutDla.Hardware.Configuration;

namespace LutDla.Baseline.Arrays;

/// <summary>What stays in the units of an array.</summary>
public enum Dataflow
{
    /// <summary>Sums: activations and weights come in every step, and a sum leaves when it is done.</summary>
    OutputStationary,

    /// <summary>Weights: rows of activations pass, and partial sums go to a memory and come back.</summary>
    WeightStationary,
}

/// <summary>The free choices of an array; all widths and depths follow from them.</summary>
public sealed record ArrayConfig
{
    /// <summary>Prefix of its modules.</summary>
    public required string Name { get; init; }

    public required OperandFormat Operands { get; init; }

    /// <summary>How products are made; the smallest form differs with the widths.</summary>
    public ProductForm Form { get; init; } = ProductForm.Booth;

    /// <summary>Bits of a sum. Whoever uses the array sees to it that no sum needs more.</summary>
    public required int AccumulatorBits { get; init; }

    /// <summary>Rows of activations at once.</summary>
    public required int Rows { get; init; }

    /// <summary>Output columns at once.</summary>
    public required int Columns { get; init; }

    /// <summary>Units in a chain, which sum eight products each; 1 where sums stay in the units, else at least 2.</summary>
    public int Chain { get; init; } = 1;

    /// <summary>Blocks of rows in a pass at most; where weights stay, the words of the memory of partial sums.</summary>
    public required int MaximumBlocks { get; init; }

    /// <summary>
    /// Steps of <see cref="Chain"/> times eight products in a sum at most; where sums stay, the words of the weight buffer.
    /// </summary>
    public required int MaximumSteps { get; init; }

    /// <summary>Columns whose weights a beat holds; divides the columns.</summary>
    public required int LoadColumns { get; init; }

    /// <summary>Beats of activations that are kept for another pass; 0: they come again for each pass.</summary>
    public int ActivationBeats { get; init; }

    /// <summary>Memories of partial sums: 2 lets results leave while the next pass is summed. Where sums stay, it means nothing.</summary>
    public int Buffers { get; init; } = 2;

    /// <summary>Results in one cycle; divides the columns.</summary>
    public required int RescaleUnits { get; init; }

    public int OutputBits { get; init; } = 8;

    /// <summary>Of weights that are kept, activations that are kept, and partial sums.</summary>
    public MemoryStyle Memories { get; init; } = MemoryStyle.FlipFlop;

    /// <summary>Of weights or sums in the units, and of rescale parameters: latches or flip-flops.</summary>
    public MemoryStyle Registers { get; init; } = MemoryStyle.FlipFlop;

    /// <exception cref="ArgumentException">Choices contradict each other.</exception>
    internal void Check(Dataflow dataflow)
    {
        Require(Operands.WeightBits % 2 == 0, "weights have an even number of bits");
        Require(dataflow == Dataflow.OutputStationary || Chain >= 2, "a chain has two units at least");
        Require(dataflow == Dataflow.WeightStationary || Chain == 1, "units that keep their sums make no chain");
        Require(Columns % LoadColumns == 0, "load columns divide the columns");
        Require(Columns % RescaleUnits == 0, "rescale units divide the columns");
        Require(Buffers is 1 or 2, "there are one or two memories of partial sums");
        Require(AccumulatorBits >= Operands.SumBits((long)Chain * DotUnit.Products), "a sum of one step fits an accumulator");
        Require(Registers is MemoryStyle.Latch or MemoryStyle.FlipFlop, "registers are latches or flip-flops");
    }

    private void Require(bool holds, string rule)
    {
        if (!holds)
            throw new ArgumentException($"{Name}: {rule}.");
    }
}
