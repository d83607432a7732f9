using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>What an import leaves to the caller.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>The number that a batch without one is bound to: images of a run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 65536.</exception>
    public long Batch
    {
        get;
        init => field = value is >= 1 and <= 65536
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Batch must be 1 to 65536 images.");
    } = 1;

    /// <summary>Whether a batch that the file fixes becomes <see cref="Batch"/>, too: the first side of images and vectors.</summary>
    public bool RebindsBatch { get; init; }

    /// <summary>The outputs that matter; what only others need is not imported. Empty means all.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Whether batch normalisation after a convolution moves into its weights.</summary>
    public bool FoldsNormalisation { get; init; }
}
