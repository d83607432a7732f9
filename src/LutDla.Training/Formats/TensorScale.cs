using LutDla.Hardware;

namespace LutDla.Training.Formats;

/// <summary>What the integers of an activation tensor mean: code · Scale, with codes from Minimum to Maximum.</summary>
internal sealed record TensorScale(double Scale, int Minimum, int Maximum)
{
    private const int Candidates = 40;

    /// <summary>Largest values below count as zeros.</summary>
    private const float Smallest = 1e-6f;

    /// <summary>Signed bits that hold every code.</summary>
    public int Bits => BitWidth.ForSigned(Minimum, Maximum);

    /// <summary>The scale with the least squared error over a sample of values: outliers are clipped if the rest gains by it.</summary>
    /// <param name="rectified">Whether codes below 0 are not needed.</param>
    public static TensorScale Fit(ReadOnlySpan<float> values, int bits, bool rectified)
    {
        var (minimum, maximum) = (rectified ? 0 : (int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
        var largest = 0f;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        // A tensor of zeros has some scale, too: a layer that makes it may still have to make good what others did wrong.
        if (largest < Smallest) largest = 1;
        var (best, bestError) = (new TensorScale(largest / maximum, minimum, maximum), double.MaxValue);
        for (var i = 0; i < Candidates; i++)
        {
            var candidate = best with { Scale = largest / maximum * (1 - 0.02 * i) };
            var error = candidate.SquaredError(values);
            if (error < bestError) (best, bestError) = (candidate, error);
        }

        return best;
    }

    public float Code(float value) => (float)Math.Clamp(Math.Round(value / Scale), Minimum, Maximum);

    private double SquaredError(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            var error = value - Code(value) * Scale;
            sum += error * error;
        }

        return sum;
    }
}
