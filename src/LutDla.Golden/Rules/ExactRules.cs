using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>Rules of <see cref="ExactLayer"/>.</summary>
internal static class ExactRules
{
    private const int InputBits = 16;

    private const int SumBits = 32;

    public static TensorFacts? Facts(string name, ExactLayer layer, TensorFacts? input, ProblemList problems)
    {
        // Counts first: the sizes of everything else are computed from them.
        if (!CountsAreLegal(name, layer, problems))
            return null;
        var whole = TensorsAreLegal(name, layer, problems);
        var ordered = problems.IsOrdered($"{name}.output", layer.OutputMinimum, layer.OutputMaximum);
        if (input is null)
            return null;
        if (InputIsLegal(name, layer, input, problems) && whole)
            CheckSums(name, layer, input, problems);
        if (NodeRules.Slide(name, layer.Window, input.Shape, layer.OutputChannels, problems) is not { } shape || !ordered)
            return null;
        var elements = (long)shape.Pixels * layer.InputChannels * layer.Window.Area;
        return problems.InRange($"{name}: elements of windows", elements, 1, NetworkLimits.SubVectorValues, "elements")
            ? new TensorFacts(shape, layer.OutputMinimum, layer.OutputMaximum)
            : null;
    }

    private static bool CountsAreLegal(string name, ExactLayer layer, ProblemList problems)
    {
        var legal = problems.InRange($"{name}.input_channels", layer.InputChannels, 1, NetworkLimits.Channels, "channels")
            & problems.InRange($"{name}.output_channels", layer.OutputChannels, 1, NetworkLimits.Channels, "channels")
            & problems.InRange($"{name}.groups", layer.Groups, 1, NetworkLimits.Channels, "groups")
            & problems.InRange($"{name}.weight_bits", layer.WeightBits, 2, 16, "bits")
            & NodeRules.WindowIsLegal(name, layer.Window, problems);
        if (!legal || (layer.InputChannels % layer.Groups == 0 && layer.OutputChannels % layer.Groups == 0))
            return legal;
        problems.Add(
            $"{name}.groups", $"{layer.Groups}", $"It must divide {layer.InputChannels} input and {layer.OutputChannels} output channels.");
        return false;
    }

    private static bool TensorsAreLegal(string name, ExactLayer layer, ProblemList problems)
    {
        var count = (long)layer.OutputChannels * layer.GroupChannels * layer.Window.Area;
        var whole = LayerRules.HasLength($"{name}.weights", layer.Weights, count, problems);
        if (whole)
            LayerRules.FitsBits($"{name}.weights", layer.Weights, layer.WeightBits, problems);
        return LayerRules.RescaleIsLegal(name, layer.Rescale, layer.OutputChannels, problems) && whole;
    }

    private static bool InputIsLegal(string name, ExactLayer layer, TensorFacts input, ProblemList problems)
    {
        if (input.Shape.Channels != layer.InputChannels)
            problems.Add($"{name}.input_channels", $"{layer.InputChannels}", $"The input has {input.Shape.Channels} channels.");
        if (BitWidth.ForSigned(input.Minimum, input.Maximum) <= InputBits)
            return true;
        problems.Add($"{name}.inputs", $"{input.Minimum} to {input.Maximum}", $"The input's values must fit in {InputBits} signed bits.");
        return false;
    }

    private static void CheckSums(string name, ExactLayer layer, TensorFacts input, ProblemList problems)
    {
        var bounds = OverflowProof.Bounds(layer, input.Minimum, input.Maximum);
        for (var n = 0; n < bounds.Length; n++)
        {
            var (lowest, highest) = (
                Math.Min(bounds[n].Lowest, bounds[n].Lowest + layer.Bias[n]),
                Math.Max(bounds[n].Highest, bounds[n].Highest + layer.Bias[n]));
            if (BitWidth.ForSigned(lowest, highest) <= SumBits)
                continue;
            problems.Add(
                $"{name}, channel {n}", $"sums from {lowest} to {highest}", $"They must fit in {SumBits} bits, with and without the bias.",
                "Convert with fewer weight bits.");
            return;
        }
    }
}
