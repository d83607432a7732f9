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
            foreach (var op in Operations) sides[op.Name] = op.Sides(sides[op.Inputs[0]]);
            return sides;
        }
    }

    /// <summary>Every tensor. Tokens stand for numbers of about the size of a normalised activation.</summary>
    internal IEnumerable<FloatParameter> Parameters
    {
        get
        {
            var operations = Operations.SelectMany(op => op.Parameters);
            return Tokens is { } tokens ? operations.Prepend(new(Embedding, [tokens.Vocabulary, Channels], Deviation: 1)) : operations;
        }
    }

    /// <summary>The shape of every tensor, by name.</summary>
    internal IEnumerable<KeyValuePair<string, long[]>> TensorShapes =>
        Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Shape));
}

/// <summary>What a network of tokens takes.</summary>
/// <param name="Vocabulary">How many different tokens there are.</param>
/// <param name="Positions">Tokens of the longest sequence.</param>
public sealed record TokenInput(int Vocabulary, int Positions);
