namespace LutDla.Golden.Rules;

/// <summary>
/// What a network may have at most. Generous for what the hardware serves, small enough that 64-bit sums are exact: an average pool of
/// 2^31-wide values over <see cref="WindowSide"/>² pixels times a 16-bit multiplier stays below 2^63.
/// </summary>
public static class NetworkLimits
{
    public const int Nodes = 4096;

    public const int NameLength = 128;

    /// <summary>Rows or columns of an image.</summary>
    public const int ImageSide = 16384;

    public const int Channels = 65536;

    /// <summary>Inputs of a concatenation.</summary>
    public const int ConcatInputs = 1024;

    /// <summary>Different tokens.</summary>
    public const int Vocabulary = 65536;

    /// <summary>Rows, columns or strides of a window.</summary>
    public const int WindowSide = 255;

    /// <summary>Subspaces of a layer, as in the hardware.</summary>
    public const int Subspaces = 65536;

    /// <summary>Values of an activation tensor.</summary>
    public const int TensorValues = 1 << 26;

    /// <summary>Elements of all sub-vectors, or of all windows of an exact layer, of one layer and image.</summary>
    public const int SubVectorValues = 1 << 28;

    /// <summary>Values of all results, padded images and indices of a run of the whole network (<see cref="RunBudget"/>).</summary>
    public const long RunValues = 1L << 27;

    /// <summary>The same for all images that are in work at once: so many threads there are.</summary>
    public const long RunValuesAtOnce = 1L << 29;

    /// <summary>Bytes of all tensors of an artefact.</summary>
    public const long TensorBytes = 1L << 31;
}
