using LutDla.Boundary;
using LutDla.Golden.Fast;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Training.Conversion;

/// <summary>
/// What a format costs in accuracy, quickly: a conversion without training, fitted to few images. Training gains most where the loss is
/// large, so formats keep their order better than their figures.
/// </summary>
/// <param name="Images">That tables are fitted to.</param>
public sealed record AccuracyProbe(FloatNetwork Source, Dataset Train, Dataset Test, int Images, int Seed)
{
    /// <summary>Share of the test images that the converted network tells right, 0 to 1.</summary>
    /// <exception cref="InvalidInputException">The network cannot be converted so.</exception>
    public double Measure(QuantisationOptions format, CancellationToken cancellation)
    {
        var options = ConversionOptions.Fast with
        {
            Quantisation = format, Seed = Seed, Refit = ConversionOptions.Fast.Refit with { Images = Images },
        };
        var converted = LutBoost.Convert(Source, Train, options, progress: null, cancellation);
        return (double)new GoldenEngine(converted.Network).CountCorrect(Test.Images, Test.Labels) / Test.Count;
    }
}
