using System.Collections.Immutable;

namespace LutDla.Golden.Model;

/// <summary>
/// A converted network as integers only: what LUTBoost exports, what the golden model computes and what the RTL must equal.
/// Tensors are NHWC; a feature vector is a 1 x 1 x C image.
/// </summary>
public sealed record QuantizedNetwork
{
    public required string Name { get; init; }

    public required InputQuantizer Input { get; init; }

    /// <summary>
    /// The graph in topological order. Every input names an earlier node or <see cref="InputQuantizer.NodeName"/>; the last node is the
    /// output.
    /// </summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>What one code of the last node means; no arithmetic of the network reads it. Null where nobody has said it.</summary>
    public double? ResultScale { get; init; }

    /// <summary>What it was converted with and can be tested with; null where nobody has said it.</summary>
    public DataOrigin? Data { get; init; }

    /// <summary>Free text about the origin (command, seed, accuracies, scales), for people; no arithmetic reads it.</summary>
    public ImmutableSortedDictionary<string, string> Provenance { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
