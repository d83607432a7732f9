using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Hardware;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;

namespace LutDla.Training.IntegerNetwork;

/// <summary>The golden model's nodes of what a network of tokens computes besides layers.</summary>
internal sealed class TokenNodes(FloatNetwork source, IReadOnlyDictionary<string, TensorScale> scales)
{
    /// <summary>Gains have as many bits: products with the sums of norms stay exact in double precision.</summary>
    private const int GainBits = 18;

    public NormNode Norm(NormOperation op)
    {
        var (input, output) = (scales[op.Inputs[0]], scales[op.Name]);
        // The golden model divides channels · (x - mean) by the root of channels² · variance.
        double[] gains = [.. source.Tensors[op.Weight].data<float>().ToArray().Select(gain => gain / output.Scale)];
        double[] biases = op.IsCentred
            ? [.. source.Tensors[op.Bias].data<float>().ToArray().Select(bias => bias / output.Scale)]
            : new double[op.Channels];
        var limit = BitWidth.SignedMaximum(GainBits);
        var shift = RescaleFormat.MaximumShift;
        while (shift > 0 && gains.Concat(biases).Any(value => Math.Abs(Math.ScaleB(value, shift)) > limit)) shift--;
        return new NormNode(
            op.Name, op.Inputs, op.IsCentred,
            Math.Max(1, (long)Math.Round(op.Epsilon / (input.Scale * input.Scale) * op.Channels * op.Channels)),
            [.. gains.Select(Whole)], [.. biases.Select(Whole)], shift, output.Minimum, output.Maximum);

        int Whole(double value) => (int)Math.Round(Math.ScaleB(value, shift));
    }

    public AttentionLayer Attention(AttentionOperation op)
    {
        var unit = 1 << GoldenAttention.RotationBits;
        var table = RotaryPositions.Table(source.Graph.Tokens?.Positions ?? 0, op.HeadChannels, op.RotaryBase);
        var score = RescaleFactor.From(
            op.Factor * scales[op.Inputs[0]].Scale * scales[op.Inputs[1]].Scale, AttentionLayer.MaximumScoreShift);
        return new AttentionLayer
        {
            Heads = op.Heads, KeyHeads = op.KeyHeads, HeadChannels = op.HeadChannels, IsCausal = op.IsCausal,
            Rotation = [.. table.Select(value => (short)Math.Round(value * unit))],
            ScoreMultiplier = score.Multiplier, ScoreShift = score.Shift, Rescale = Rescale(scales[op.Inputs[2]].Scale, op),
        };
    }

    public GatedProductNode GatedProduct(GatedProductOperation op)
    {
        var (gate, value) = (scales[op.Inputs[0]].Scale, scales[op.Inputs[1]].Scale);
        var exponent = RescaleFactor.From(gate / Math.Log(2));
        return new GatedProductNode(op.Name, op.Inputs, exponent.Multiplier, exponent.Shift, Rescale(gate * value, op));
    }

    public GeluNode Gelu(GeluOperation op)
    {
        var input = RescaleFactor.From(scales[op.Inputs[0]].Scale);
        return new GeluNode(op.Name, op.Inputs, input.Multiplier, input.Shift, Rescale(scales[op.Inputs[0]].Scale, op));
    }

    public TokenMeanNode Mean(TokenMeanOperation op) => new(op.Name, op.Inputs, Rescale(scales[op.Inputs[0]].Scale, op));

    // From codes of a scale to those of the result.
    private TensorRescale Rescale(double scale, FloatOperation op)
    {
        var output = scales[op.Name];
        var factor = RescaleFactor.From(scale / output.Scale);
        return new TensorRescale(factor.Multiplier, factor.Shift, output.Minimum, output.Maximum);
    }
}
