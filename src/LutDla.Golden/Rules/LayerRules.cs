using System.Collections.Immutable;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>Rules of <see cref="LutLayer"/>.</summary>
internal static class LayerRules
{
    public static TensorFacts? Facts(string name, LutLayer layer, TensorFacts? input, ProblemList problems)
    {
        // Counts first: the sizes of everything else are computed from them.
        if (!CountsAreLegal(name, layer, problems))
            return null;
        CheckTensors(name, layer, problems);
        var ordered = problems.IsOrdered($"{name}.output", layer.OutputMinimum, layer.OutputMaximum);
        if (input is null)
            return null;
        CheckInput(name, layer, input, problems);
        if (NodeRules.Slide(name, layer.Window, input.Shape, layer.OutputChannels, problems) is not { } shape || !ordered)
            return null;
        var elements = (long)shape.Pixels * layer.SubspaceCount * layer.VectorLength;
        return problems.InRange($"{name}: elements of sub-vectors", elements, 1, NetworkLimits.SubVectorValues, "elements")
            ? new TensorFacts(shape, layer.OutputMinimum, layer.OutputMaximum)
            : null;
    }

    /// <summary>True if <paramref name="values"/> has <paramref name="length"/> elements.</summary>
    public static bool HasLength<T>(string key, ImmutableArray<T> values, long length, ProblemList problems)
    {
        var actual = values.IsDefault ? 0 : values.Length;
        if (actual == length)
            return true;
        problems.Add(key, $"{actual} elements", $"The shape needs {length}.");
        return false;
    }

    /// <summary>Adds a problem if a value needs more than <paramref name="bits"/> signed bits.</summary>
    public static void FitsBits(string key, ImmutableArray<short> values, int bits, ProblemList problems)
    {
        var (minimum, maximum) = (BitWidth.SignedMinimum(bits), BitWidth.SignedMaximum(bits));
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= minimum && values[i] <= maximum)
                continue;
            problems.Add($"{key}[{i}]", $"{values[i]}", $"Every value must fit in {bits} signed bits, {minimum} to {maximum}.");
            return;
        }
    }

    /// <summary>
    /// True if bias, multiplier and shift have <paramref name="channels"/> elements and legal values; else adds problems.
    /// </summary>
    public static bool RescaleIsLegal(string name, ChannelRescale rescale, int channels, ProblemList problems) =>
        HasLength($"{name}.bias", rescale.Bias, channels, problems)
        & (HasLength($"{name}.multiplier", rescale.Multiplier, channels, problems)
            && AllInRange($"{name}.multiplier", rescale.Multiplier, RescaleFormat.MaximumMultiplier, problems))
        & (HasLength($"{name}.shift", rescale.Shift, channels, problems)
            && AllInRange($"{name}.shift", rescale.Shift, RescaleFormat.MaximumShift, problems));

    private static bool CountsAreLegal(string name, LutLayer layer, ProblemList problems)
    {
        var legal = problems.InRange($"{name}.input_channels", layer.InputChannels, 1, NetworkLimits.Channels, "channels")
            & problems.InRange($"{name}.output_channels", layer.OutputChannels, 1, NetworkLimits.Channels, "channels")
            & problems.InRange($"{name}.vector_length", layer.VectorLength, 1, 16, "elements")
            & problems.InRange($"{name}.centroid_count", layer.CentroidCount, 2, 256, "centroids")
            & problems.InRange($"{name}.activation_bits", layer.ActivationBits, 4, 16, "bits")
            & problems.InRange($"{name}.table_bits", layer.TableBits, 2, 16, "bits")
            & problems.IsDefined($"{name}.metric", layer.Metric)
            & problems.IsDefined($"{name}.layout", layer.Layout)
            & NodeRules.WindowIsLegal(name, layer.Window, problems);
        if (!legal)
            return false;
        if (layer.Layout == SubspaceLayout.Window && layer.VectorLength != layer.Window.Area)
        {
            problems.Add($"{name}.vector_length", $"{layer.VectorLength}", $"Layout window needs the kernel area, {layer.Window.Area}.");
            return false;
        }

        var subspaces = layer.Layout == SubspaceLayout.Window ? layer.InputChannels : (long)layer.Window.Area * layer.SubspacesPerOffset;
        return problems.InRange($"{name}: subspaces", subspaces, 1, NetworkLimits.Subspaces, "subspaces");
    }

    private static void CheckTensors(string name, LutLayer layer, ProblemList problems)
    {
        var rows = (long)layer.SubspaceCount * layer.CentroidCount;
        if (HasLength($"{name}.codebooks", layer.Codebooks, rows * layer.VectorLength, problems))
        {
            FitsBits($"{name}.codebooks", layer.Codebooks, layer.ActivationBits, problems);
            CheckPadding(name, layer, problems);
        }

        if (HasLength($"{name}.tables", layer.Tables, rows * layer.OutputChannels, problems))
            FitsBits($"{name}.tables", layer.Tables, layer.TableBits, problems);
        RescaleIsLegal(name, layer.Rescale, layer.OutputChannels, problems);
    }

    private static bool AllInRange(string key, ImmutableArray<int> values, int maximum, ProblemList problems)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if (!problems.InRange($"{key}[{n}]", values[n], 0, maximum, "in every channel"))
                return false;
        }

        return true;
    }

    // Elements beyond the last channel meet zeros; a centroid that is not 0 there would add to every distance.
    private static void CheckPadding(string name, LutLayer layer, ProblemList problems)
    {
        if (layer.Layout == SubspaceLayout.Window)
            return;
        for (var i = 0; i < layer.Codebooks.Length; i++)
        {
            var block = i / (layer.CentroidCount * layer.VectorLength) % layer.SubspacesPerOffset;
            if (layer.Codebooks[i] == 0 || block * layer.VectorLength + i % layer.VectorLength < layer.InputChannels)
                continue;
            problems.Add($"{name}.codebooks[{i}]", $"{layer.Codebooks[i]}", "Elements beyond the last channel must be 0.");
            return;
        }
    }

    private static void CheckInput(string name, LutLayer layer, TensorFacts input, ProblemList problems)
    {
        if (input.Shape.Channels != layer.InputChannels)
            problems.Add($"{name}.input_channels", $"{layer.InputChannels}", $"The input has {input.Shape.Channels} channels.");
        if (BitWidth.ForSigned(input.Minimum, input.Maximum) > layer.ActivationBits)
        {
            problems.Add($"{name}.activation_bits", $"{layer.ActivationBits}",
                $"The input's values, {input.Minimum} to {input.Maximum}, must fit in them.");
        }
    }
}
