using System.Collections.Immutable;

namespace LutDla.Networks.Onnx;

/// <summary>A constant of an imported network: single precision or 64-bit integers, row-major. No dimensions is a scalar.</summary>
public sealed class ImportedConstant
{
    private readonly float[]? _singles;
    private readonly long[]? _integers;

    private ImportedConstant(ImmutableArray<long> shape, float[]? singles, long[]? integers)
    {
        (Shape, _singles, _integers) = (shape, singles, integers);
        var count = singles?.Length ?? integers?.Length;
        if (Shapes.FindElementCount(shape) != count)
            throw new ArgumentException($"{count} values do not fill {Shapes.Text(shape)}.", nameof(shape));
    }

    public ImmutableArray<long> Shape { get; }

    public bool IsInteger => _integers is not null;

    public long ElementCount => _singles?.Length ?? Integers.Length;

    /// <summary>The values; integers must be asked for as such.</summary>
    public ReadOnlySpan<float> Singles => _singles ?? throw new InvalidOperationException("The constant holds integers.");

    /// <inheritdoc cref="Singles"/>
    public ReadOnlySpan<long> Integers => _integers ?? throw new InvalidOperationException("The constant holds single-precision numbers.");

    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static ImportedConstant OfSingles(ImmutableArray<long> shape, float[] values) => new(shape, values, null);

    /// <inheritdoc cref="OfSingles"/>
    public static ImportedConstant OfIntegers(ImmutableArray<long> shape, long[] values) => new(shape, null, values);
}
