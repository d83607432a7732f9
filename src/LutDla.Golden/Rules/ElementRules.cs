using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Golden.Rules;

/// <summary>Rules of functions, products and concatenations of values, and what follows for their results.</summary>
internal static class ElementRules
{
    /// <summary>Bits of factors: a product times a multiplier of 16 bits then stays far below 2^63.</summary>
    private const int FactorBits = 16;

    /// <summary>Codes of a table: of a tensor of as many bits, all.</summary>
    private const int TableBits = 16;

    public static TensorFacts? Element(ElementNode node, TensorFacts? input, ProblemList problems)
    {
        var codes = node.Codes.IsDefault ? [] : node.Codes;
        var legal = problems.InRange($"{node.Name}.codes", codes.Length, 1, 1L << TableBits, "codes")
            & problems.InRange(
                $"{node.Name}.first", node.First, BitWidth.SignedMinimum(TableBits), BitWidth.SignedMaximum(TableBits),
                "(signed, 16 bits)");
        if (!legal || input is null) return null;
        var last = node.First + codes.Length - 1;
        if (input.Minimum < node.First || input.Maximum > last)
        {
            problems.Add(
                $"{node.Name}.inputs", $"{input.Minimum} to {input.Maximum}",
                $"The input's values must have codes, {node.First} to {last}.");
            return null;
        }

        return new TensorFacts(input.Shape, codes.Min(), codes.Max());
    }

    public static TensorFacts? Product(ProductNode node, TensorFacts?[] inputs, ProblemList problems)
    {
        var legal = NodeRules.RescaleIsLegal(node.Name, node.Rescale, problems);
        if (inputs is not [{ } a, { } b]) return null;
        legal &= HasBits(node.Name, a, problems) & HasBits(node.Name, b, problems);
        if (b.Shape != a.Shape && b.Shape != new ImageShape(1, 1, a.Shape.Channels))
        {
            problems.Add(
                $"{node.Name}.inputs", $"{a.Shape} and {b.Shape}",
                "Both inputs must have the same shape, or the second one pixel and as many channels.");
            return null;
        }

        return legal ? new TensorFacts(a.Shape, node.Rescale.OutputMinimum, node.Rescale.OutputMaximum) : null;
    }

    public static TensorFacts? Concat(ConcatNode node, TensorFacts?[] inputs, ProblemList problems)
    {
        var rescales = node.Rescales.IsDefault ? [] : node.Rescales;
        if (rescales.Length != inputs.Length)
        {
            problems.Add(
                $"{node.Name}.rescales", $"{rescales.Length} rescales", $"There must be one for each of the {inputs.Length} inputs.");
            return null;
        }

        var legal = rescales.Count(rescale => NodeRules.RescaleIsLegal(node.Name, rescale, problems)) == rescales.Length;
        TensorFacts[] known = [.. inputs.OfType<TensorFacts>()];
        if (!legal || known.Length < inputs.Length) return null;
        legal = known.Count(input => HasBits(node.Name, input, problems)) == known.Length;
        if (known.Any(input => (input.Shape.Height, input.Shape.Width) != (known[0].Shape.Height, known[0].Shape.Width)))
        {
            problems.Add(
                $"{node.Name}.inputs", string.Join(", ", known.Select(input => $"{input.Shape}")),
                "All inputs must have as many rows and columns.");
            return null;
        }

        var channels = known.Sum(input => (long)input.Shape.Channels);
        return legal && problems.InRange($"{node.Name}: channels", channels, 1, NetworkLimits.Channels, "channels")
            && NodeRules.Fits(node.Name, known[0].Shape.Height, known[0].Shape.Width, (int)channels, problems)
            ? new TensorFacts(
                known[0].Shape with { Channels = (int)channels }, rescales.Min(r => r.OutputMinimum), rescales.Max(r => r.OutputMaximum))
            : null;
    }

    private static bool HasBits(string name, TensorFacts input, ProblemList problems)
    {
        if (BitWidth.ForSigned(input.Minimum, input.Maximum) <= FactorBits) return true;
        problems.Add($"{name}.inputs", $"{input.Minimum} to {input.Maximum}", $"The input's values must fit in {FactorBits} signed bits.");
        return false;
    }
}
