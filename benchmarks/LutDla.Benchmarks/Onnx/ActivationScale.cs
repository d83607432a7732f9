namespace LutDla.Benchmarks.Onnx;

/// <summary>How a value becomes a byte: round(x / Scale) + ZeroPoint.</summary>
internal readonly record struct ActivationScale(float Scale, byte ZeroPoint)
{
    private const byte Middle = 128;
    private const float LargestSigned = 127;

    /// <summary>
    /// From the largest absolute value alone: the bytes of rectified values start at 0, those of signed ones lie around the middle.
    /// </summary>
    public static ActivationScale Of(float minimum, float maximum)
    {
        var largest = Math.Max(Math.Max(-minimum, maximum), float.Epsilon);
        return minimum < 0 ? new(largest / LargestSigned, Middle) : new(largest / byte.MaxValue, 0);
    }
}
