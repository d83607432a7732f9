using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>What nodes of several kinds must keep, and the rules of those without a class of their own.</summary>
internal static class NodeRules
{
    /// <summary>True if a tensor of this shape may exist.</summary>
    public static bool Fits(string key, int height, int width, int channels, ProblemList problems) =>
        problems.InRange($"{key}: values of the tensor", (long)height * width * channels, 1, NetworkLimits.TensorValues, "values");

    /// <summary>The shape of what leaves the window, or null with a problem.</summary>
    public static ImageShape? Slide(string key, Window window, ImageShape image, int channels, ProblemList problems)
    {
        if (window.Height > image.Height + 2 * window.PaddingHeight || window.Width > image.Width + 2 * window.PaddingWidth)
        {
            problems.Add($"{key}.window", $"{window.Height} x {window.Width}", $"It must fit into the padded image of {image}.");
            return null;
        }

        var (height, width) = (window.OutputHeight(image.Height), window.OutputWidth(image.Width));
        return Fits(key, height, width, channels, problems) ? new ImageShape(height, width, channels) : null;
    }

    /// <summary>True if the numbers of <paramref name="window"/> are legal, whatever the image.</summary>
    public static bool WindowIsLegal(string key, Window window, ProblemList problems) =>
        problems.InRange($"{key}.window.height", window.Height, 1, NetworkLimits.WindowSide, "rows")
        & problems.InRange($"{key}.window.width", window.Width, 1, NetworkLimits.WindowSide, "columns")
        & problems.InRange($"{key}.window.stride_height", window.StrideHeight, 1, NetworkLimits.WindowSide, "rows")
        & problems.InRange($"{key}.window.stride_width", window.StrideWidth, 1, NetworkLimits.WindowSide, "columns")
        & problems.InRange($"{key}.window.padding_height", window.PaddingHeight, 0, Math.Max(0, window.Height - 1L), "rows")
        & problems.InRange($"{key}.window.padding_width", window.PaddingWidth, 0, Math.Max(0, window.Width - 1L), "columns");

    /// <summary>True if the numbers of <paramref name="rescale"/> are legal.</summary>
    public static bool RescaleIsLegal(string name, TensorRescale rescale, ProblemList problems) =>
        Multiplier($"{name}.rescale.multiplier", rescale.Multiplier, problems)
        & Shift($"{name}.rescale.shift", rescale.Shift, problems)
        & problems.IsOrdered($"{name}.rescale", rescale.OutputMinimum, rescale.OutputMaximum);

    public static TensorFacts? Pool(PoolNode node, TensorFacts? input, ProblemList problems)
    {
        var legal = WindowIsLegal(node.Name, node.Window, problems) & problems.IsDefined($"{node.Name}.kind", node.Kind);
        if (legal && (node.Kind == PoolKind.Average) != (node.Rescale is not null))
        {
            problems.Add(
                $"{node.Name}.rescale", node.Rescale is null ? "missing" : "present",
                "Average pooling has a rescale, maximum pooling none.");
            legal = false;
        }

        if (node.Rescale is { } rescale) legal &= RescaleIsLegal(node.Name, rescale, problems);

        if (!legal || input is null || Slide(node.Name, node.Window, input.Shape, input.Shape.Channels, problems) is not { } shape)
            return null;
        return node.Rescale is { } r ? new TensorFacts(shape, r.OutputMinimum, r.OutputMaximum) : input with { Shape = shape };
    }

    public static TensorFacts? Add(AddNode node, TensorFacts? a, TensorFacts? b, ProblemList problems)
    {
        var legal = Multiplier($"{node.Name}.multiplier_a", node.MultiplierA, problems)
            & Multiplier($"{node.Name}.multiplier_b", node.MultiplierB, problems)
            & Shift($"{node.Name}.shift", node.Shift, problems)
            & problems.IsOrdered($"{node.Name}.output", node.OutputMinimum, node.OutputMaximum);
        if (a is null || b is null)
            return null;
        if (a.Shape != b.Shape)
        {
            problems.Add($"{node.Name}.inputs", $"{a.Shape} and {b.Shape}", "Both inputs must have the same shape.");
            return null;
        }

        return legal ? new TensorFacts(a.Shape, node.OutputMinimum, node.OutputMaximum) : null;
    }

    public static TensorFacts? Flatten(string name, TensorFacts? input, ProblemList problems) =>
        input is not null && problems.InRange($"{name}: channels", input.Shape.Count, 1, NetworkLimits.Channels, "channels")
            ? input with { Shape = new ImageShape(1, 1, input.Shape.Count) }
            : null;

    public static TensorFacts? PadChannels(ChannelPadNode node, TensorFacts? input, ProblemList problems)
    {
        var legal = problems.InRange($"{node.Name}.before", node.Before, 0, NetworkLimits.Channels, "channels")
            & problems.InRange($"{node.Name}.after", node.After, 0, NetworkLimits.Channels, "channels");
        if (!legal || input is null)
            return null;
        var (shape, channels) = (input.Shape, node.Before + input.Shape.Channels + node.After);
        return problems.InRange($"{node.Name}: channels", channels, 1, NetworkLimits.Channels, "channels")
            && Fits(node.Name, shape.Height, shape.Width, channels, problems)
            ? new TensorFacts(shape with { Channels = channels }, Math.Min(input.Minimum, 0), Math.Max(input.Maximum, 0))
            : null;
    }

    private static bool Multiplier(string key, int value, ProblemList problems) =>
        problems.InRange(key, value, 0, RescaleFormat.MaximumMultiplier, "(unsigned, 16 bits)");

    private static bool Shift(string key, int value, ProblemList problems) =>
        problems.InRange(key, value, 0, RescaleFormat.MaximumShift, "bits");
}
