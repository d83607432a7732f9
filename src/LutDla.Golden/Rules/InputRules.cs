using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>Rules of <see cref="InputQuantizer"/>.</summary>
internal static class InputRules
{
    private const double Largest = 1e30;
    private const double Smallest = 1e-30;

    public static TensorFacts? Facts(InputQuantizer input, ProblemList problems)
    {
        const string key = InputQuantizer.NodeName;
        var legal = problems.InRange($"{key}.height", input.Height, 1, NetworkLimits.ImageSide, "rows")
            & problems.InRange($"{key}.width", input.Width, 1, NetworkLimits.ImageSide, "columns")
            & problems.InRange($"{key}.channels", input.Channels, 1, NetworkLimits.Channels, "channels")
            & problems.InRange($"{key}.activation_bits", input.ActivationBits, 4, 16, "bits")
            & (input.Vocabulary is not { } tokens || problems.InRange($"{key}.vocabulary", tokens, 2, NetworkLimits.Vocabulary, "tokens"));
        if (legal && input is { Vocabulary: not null, Height: not 1 })
        {
            problems.Add($"{key}.height", $"{input.Height}", "Tokens lie in one row.");
            return null;
        }

        if (!legal || !NodeRules.Fits(key, input.Height, input.Width, input.Channels, problems))
            return null;
        if (!LayerRules.HasLength($"{key}.codes", input.Codes, (input.Vocabulary ?? 256L) * input.Channels, problems))
            return null;
        if (input.Bytes is { } bytes && !(IsWhole(bytes.Offset) && IsWhole(bytes.Step) && AreUsable(bytes)))
        {
            problems.Add(
                $"{key}.bytes", $"{bytes.Offset.Length} offsets, {bytes.Step.Length} steps",
                $"There must be {input.Channels} finite numbers each: steps from {Smallest} to {Largest}, offsets of at most " +
                $"{Largest} and as many steps.");
        }

        LayerRules.FitsBits($"{key}.codes", input.Codes, input.ActivationBits, problems);
        return new TensorFacts(
            new ImageShape(input.Height, input.Width, input.Channels),
            (int)BitWidth.SignedMinimum(input.ActivationBits), (int)BitWidth.SignedMaximum(input.ActivationBits));

        // Hosts compute with them in single precision.
        static bool AreUsable(ByteMeaning bytes) => bytes.Step.All(step => step is >= Smallest and <= Largest)
            && bytes.Offset.Zip(bytes.Step).All(pair => Math.Abs(pair.First) <= Largest && Math.Abs(pair.First / pair.Second) <= Largest);

        bool IsWhole(ImmutableArray<double> values) => !values.IsDefault && values.Length == input.Channels && values.All(double.IsFinite);
    }
}
