namespace LutDla.Networks.Onnx.Format;

/// <summary>
/// What an ONNX file may ask for. Far above what networks need, and low enough that no file can take the memory of the machine.
/// </summary>
internal static class OnnxLimits
{
    /// <summary>Bytes of a file: protocol buffers end there.</summary>
    public const long FileBytes = int.MaxValue;

    /// <summary>Messages and strings of a file, together: each becomes an object, and two bytes are enough to ask for one.</summary>
    public const int Objects = 250_000;

    /// <summary>Dimensions of a tensor.</summary>
    public const int Rank = 8;

    /// <summary>Nodes that the outputs need.</summary>
    public const int Nodes = 16_384;

    /// <summary>Elements of one value, constants included.</summary>
    public const long Elements = 1L << 28;

    /// <summary>Elements of all constants of a file, those in files of their own included.</summary>
    public const long ConstantElements = 1L << 29;

    /// <summary>Multiply-accumulate operations of one product; the sum over all nodes that fit a file stays within 64 bits.</summary>
    public const long MultiplyAccumulates = 1L << 45;

    /// <summary>Elements that computing constants may read and write, all together, where the file's own constants are small.</summary>
    public const long FoldedElements = 1L << 22;

    /// <summary>
    /// The same for each element of the file's own constants: enough to convert, reshape, transpose and scale every weight.
    /// </summary>
    public const long FoldedElementsEach = 8;

    /// <summary>
    /// Multiply-accumulates of a constant product, or elements under the windows of a constant pool, that count as one element.
    /// </summary>
    public const long FoldedProducts = 64;
}
