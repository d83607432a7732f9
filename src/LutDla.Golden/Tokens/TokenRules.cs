using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Golden.Tokens;

/// <summary>Rules of the nodes that work on tokens, and what follows for their results.</summary>
internal static class TokenRules
{
    private const int InputBits = 16;

    private const int GainBits = 20;

    // Squares of 16 bits times the square of as many channels stay below 2^63.
    private const int NormChannels = 65536;

    private const int Heads = 1024;

    private const int HeadChannels = 1024;

    public static TensorFacts? Norm(NormNode node, TensorFacts? input, ProblemList problems)
    {
        var legal = problems.InRange($"{node.Name}.epsilon", node.Epsilon, 1, 1L << 62, "(channels² · variance)")
            & ShiftIsLegal($"{node.Name}.shift", node.Shift, RescaleFormat.MaximumShift, problems)
            & problems.IsOrdered($"{node.Name}.output", node.OutputMinimum, node.OutputMaximum);
        if (input is null || !InputsAreLegal(node, [input], problems))
            return null;
        var channels = input.Shape.Channels;
        var limit = BitWidth.SignedMaximum(GainBits);
        legal &= problems.InRange($"{node.Name}: channels", channels, 1, NormChannels, "channels")
            & (LayerRules.HasLength($"{node.Name}.gain", node.Gain, channels, problems)
                && node.Gain.All(gain => problems.InRange($"{node.Name}.gain", gain, -limit, limit, "in every channel")))
            & LayerRules.HasLength($"{node.Name}.bias", node.Bias, channels, problems);
        return legal ? new TensorFacts(input.Shape, node.OutputMinimum, node.OutputMaximum) : null;
    }

    public static TensorFacts? Attention(AttentionNode node, TensorFacts?[] inputs, ProblemList problems)
    {
        var (name, layer) = (node.Name, node.Layer);
        var legal = problems.InRange($"{name}.heads", layer.Heads, 1, Heads, "heads")
            & problems.InRange($"{name}.key_heads", layer.KeyHeads, 1, Heads, "heads")
            & problems.InRange($"{name}.head_channels", layer.HeadChannels, 2, HeadChannels, "channels")
            & problems.InRange($"{name}.score_multiplier", layer.ScoreMultiplier, 0, RescaleFormat.MaximumMultiplier, "(unsigned, 16 bits)")
            & ShiftIsLegal($"{name}.score_shift", layer.ScoreShift, AttentionLayer.MaximumScoreShift, problems)
            & NodeRules.RescaleIsLegal(name, layer.Rescale, problems);
        if (!legal || inputs is not [{ } queries, { } keys, { } values] || !InputsAreLegal(node, [queries, keys, values], problems))
            return null;
        if (layer.HeadChannels % 2 != 0 || layer.Heads % layer.KeyHeads != 0)
        {
            problems.Add($"{name}.heads", $"{layer.Heads} of {layer.HeadChannels} channels, {layer.KeyHeads} of keys",
                "Channels must be even, and the heads a multiple of those of keys.");
            return null;
        }

        var (expected, keyChannels) = (
            queries.Shape with { Channels = layer.Heads * layer.HeadChannels }, layer.KeyHeads * layer.HeadChannels);
        if (queries.Shape != expected || keys.Shape != expected with { Channels = keyChannels } || values.Shape != keys.Shape)
        {
            problems.Add($"{name}.inputs", $"{queries.Shape}, {keys.Shape} and {values.Shape}",
                $"Queries must have {expected.Channels} channels, keys and values {keyChannels}, all as many tokens.");
            return null;
        }

        return LayerRules.HasLength($"{name}.rotation", layer.Rotation, (long)expected.Pixels * layer.HeadChannels, problems)
            ? new TensorFacts(expected, layer.Rescale.OutputMinimum, layer.Rescale.OutputMaximum)
            : null;
    }

    public static TensorFacts? GatedProduct(GatedProductNode node, TensorFacts?[] inputs, ProblemList problems)
    {
        var legal = problems.InRange(
            $"{node.Name}.gate_multiplier", node.GateMultiplier, 0, RescaleFormat.MaximumMultiplier, "(unsigned, 16 bits)")
            & ShiftIsLegal($"{node.Name}.gate_shift", node.GateShift, RescaleFormat.MaximumShift, problems)
            & NodeRules.RescaleIsLegal(node.Name, node.Rescale, problems);
        if (inputs is not [{ } gate, { } values] || !InputsAreLegal(node, [gate, values], problems))
            return null;
        if (gate.Shape != values.Shape)
        {
            problems.Add($"{node.Name}.inputs", $"{gate.Shape} and {values.Shape}", "Both inputs must have the same shape.");
            return null;
        }

        return legal ? Rescale(gate, node.Rescale) : null;
    }

    public static TensorFacts? Gelu(GeluNode node, TensorFacts? input, ProblemList problems)
    {
        var legal = problems.InRange($"{node.Name}.multiplier", node.Multiplier, 0, RescaleFormat.MaximumMultiplier, "(unsigned, 16 bits)")
            & ShiftIsLegal($"{node.Name}.shift", node.Shift, RescaleFormat.MaximumShift, problems)
            & NodeRules.RescaleIsLegal(node.Name, node.Rescale, problems);
        return legal && input is not null && InputsAreLegal(node, [input], problems) ? Rescale(input, node.Rescale) : null;
    }

    public static TensorFacts? Mean(TokenMeanNode node, TensorFacts? input, ProblemList problems) =>
        NodeRules.RescaleIsLegal(node.Name, node.Rescale, problems) && input is not null && InputsAreLegal(node, [input], problems)
            ? Rescale(input with { Shape = new ImageShape(1, 1, input.Shape.Channels) }, node.Rescale)
            : null;

    private static TensorFacts Rescale(TensorFacts input, TensorRescale rescale) =>
        new(input.Shape, rescale.OutputMinimum, rescale.OutputMaximum);

    private static bool ShiftIsLegal(string key, int shift, int largest, ProblemList problems) =>
        problems.InRange(key, shift, 0, largest, "bits");

    // Of 16 bits: whole numbers then stay exact in double precision.
    private static bool InputsAreLegal(Node node, TensorFacts[] inputs, ProblemList problems)
    {
        var wide = inputs.FirstOrDefault(input => BitWidth.ForSigned(input.Minimum, input.Maximum) > InputBits);
        if (wide is not null)
            problems.Add(
                $"{node.Name}.inputs", $"{wide.Minimum} to {wide.Maximum}", $"The input's values must fit in {InputBits} signed bits.");
        return wide is null;
    }
}
