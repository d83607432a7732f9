using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;

namespace LutDla.Networks.Graphs;

/// <summary>A network before conversion: what is computed, without the numbers.</summary>
public sealed record FloatGraph
{
    /// <summary>The name under which inputs of operations mean the normalised image.</summary>
    public const string InputName = InputQuantizer.NodeName;

    /// <summary>Such as <c>resnet8</c>; with the image shape it determines the graph.</summary>
    public required string Architecture { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required int Channels { get; init; }

    /// <summary>How many are told apart: as many as there are scores, or two by a single one (<see cref="Decision"/>).</summary>
    public required int Classes { get; init; }

    /// <summary>Of a network of tokens, each a 1 x 1 image of <see cref="Channels"/>; null where the network takes images.</summary>
    public TokenInput? Tokens { get; init; }

    /// <summary>The name of the tensor [vocabulary, channels] that tokens stand for.</summary>
    internal const string Embedding = "tok_embeddings.weight";

    /// <summary>Of an example, as <see cref="Data.IExamples.Shape"/>.</summary>
    internal string Shape => Tokens is { } tokens ? $"{tokens.Vocabulary} tokens" : $"{Height}x{Width}x{Channels}";

    /// <summary>
    /// In topological order; the last one gives the logits, as a 1 x 1 image of <see cref="Classes"/> channels, or of one.
    /// </summary>
    public required ImmutableArray<FloatOperation> Operations { get; init; }

    /// <summary>The last operation that reads a result; null for the logits.</summary>
    internal FloatOperation? LastReader(string name) => Operations.LastOrDefault(op => op.Inputs.Contains(name));

    /// <summary>Rows and columns of the input and of every result, by name; of tokens, of one.</summary>
    internal IReadOnlyDictionary<string, (int Height, int Width)> Sides
    {
        get
        {
            var sides = new Dictionary<string, (int Height, int Width)> { [InputName] = (Height, Width) };
            foreach (var op in Operations)
            {
                var (height, width) = sides[op.Inputs[0]];
                sides[op.Name] = op switch
                {
                    MatrixOperation { Window: var w } => (w.OutputHeight(height), w.OutputWidth(width)),
                    PoolOperation { Window: var w } => (w.OutputHeight(height), w.OutputWidth(width)),
                    FlattenOperation => (1, 1),
                    _ => (height, width),
                };
            }

            return sides;
        }
    }

    /// <summary>The shape of every tensor, by name.</summary>
    internal IEnumerable<KeyValuePair<string, long[]>> TensorShapes
    {
        get
        {
            if (Tokens is { } tokens) yield return new(Embedding, [tokens.Vocabulary, Channels]);
            foreach (var op in Operations.OfType<NormOperation>())
            {
                yield return new(op.Weight, [op.Channels]);
                if (op.IsCentred) yield return new(op.Bias, [op.Channels]);
            }

            foreach (var op in Operations.OfType<MatrixOperation>())
            {
                yield return new(op.Weight, op.WeightShape);
                string[] vectors = op.Normalised ? [op.NormWeight, op.NormBias, op.NormMean, op.NormVariance] : [op.Bias];
                foreach (var vector in vectors) yield return new(vector, [op.OutputChannels]);
            }
        }
    }
}

/// <summary>What a network of tokens takes.</summary>
/// <param name="Vocabulary">How many different tokens there are.</param>
/// <param name="Positions">Tokens of the longest sequence.</param>
public sealed record TokenInput(int Vocabulary, int Positions);

/// <summary>One operation.</summary>
/// <param name="Name">Unique within the graph.</param>
/// <param name="Inputs">Names of earlier operations or <see cref="FloatGraph.InputName"/>.</param>
public abstract record FloatOperation(string Name, ImmutableArray<string> Inputs);

/// <summary>
/// A convolution; a linear layer is a 1 x 1 convolution of a 1 x 1 image. This is what LUTBoost replaces, if it has one group.
/// Tensors: <c>name.weight</c> [out, in / groups, height, width]; if <paramref name="Normalised"/> the four of batch normalisation,
/// <c>name.norm.{weight, bias, running_mean, running_var}</c> [out], else <c>name.bias</c> [out].
/// </summary>
/// <param name="Relu">Whether the result is rectified.</param>
public sealed record MatrixOperation(
    string Name, ImmutableArray<string> Inputs, int InputChannels, int OutputChannels, Window Window, bool Normalised, bool Relu)
    : FloatOperation(Name, Inputs)
{
    /// <summary>Of a rectified result: what is more becomes it. 6 for ReLU6.</summary>
    public float Ceiling { get; init; } = float.PositiveInfinity;

    /// <summary>Groups of channels that follow each other; the outputs of a group see its inputs only. They divide both counts of channels.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Of which layer it is a part, if that has been split (<c>LayerSplits</c>).</summary>
    internal LayerPart? Part { get; init; }

    /// <summary>The layer that formats are asked for and costs are counted for: its own name, unless it is a part.</summary>
    internal string Layer => Part?.Layer ?? Name;

    internal long[] WeightShape => [OutputChannels, InputChannels / Groups, Window.Height, Window.Width];

    public string Weight => $"{Name}.weight";

    public string Bias => $"{Name}.bias";

    public string NormWeight => $"{Name}.norm.weight";

    public string NormBias => $"{Name}.norm.bias";

    public string NormMean => $"{Name}.norm.running_mean";

    public string NormVariance => $"{Name}.norm.running_var";
}

/// <summary>A part of a split layer.</summary>
/// <param name="Layer">The layer's name, now that of the parts' sum.</param>
/// <param name="IsSparse">Whether it has the largest weights only, as exact products, and zeros elsewhere.</param>
internal sealed record LayerPart(string Layer, bool IsSparse);

/// <summary>Pooling over each channel.</summary>
public sealed record PoolOperation(string Name, ImmutableArray<string> Inputs, PoolKind Kind, Window Window) : FloatOperation(Name, Inputs);

/// <summary>Addition of two tensors of one shape, then rectification if <paramref name="Relu"/>.</summary>
public sealed record AddOperation(string Name, ImmutableArray<string> Inputs, bool Relu) : FloatOperation(Name, Inputs)
{
    /// <inheritdoc cref="MatrixOperation.Ceiling"/>
    public float Ceiling { get; init; } = float.PositiveInfinity;

    /// <summary>Whether it adds parts of one layer (<see cref="LayerPart"/>) rather than a block's result to a shortcut.</summary>
    internal bool AddsParts { get; init; }
}

/// <summary>Channels of zeros before and after those of the input: with subsampling, a shortcut without weights (option A of He et al., 2015).</summary>
public sealed record ChannelPadOperation(string Name, ImmutableArray<string> Inputs, int Before, int After) : FloatOperation(Name, Inputs);

/// <summary>[H, W, C] to [1, 1, H·W·C], in that order.</summary>
public sealed record FlattenOperation(string Name, ImmutableArray<string> Inputs) : FloatOperation(Name, Inputs);
