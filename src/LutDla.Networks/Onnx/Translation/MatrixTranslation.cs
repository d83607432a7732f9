using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>Convolutions, linear layers, and what multiplies and shifts each channel.</summary>
internal static class MatrixTranslation
{
    private static Window OnePixel { get; } = new() { Height = 1, Width = 1 };

    public static DraftValue Convolution(NetworkDraft draft, ConvolutionOperation op)
    {
        Check(draft, op);
        var bias = op.Inputs.Length > 2 ? draft.Constant(op.Inputs[2]) : null;
        return Append(
            draft, op, draft[op.Inputs[0]].Maker, draft.Constant(op.Inputs[1]), bias, WindowTranslation.Window(op.Window), (int)op.Groups);
    }

    public static DraftValue Linear(NetworkDraft draft, GemmOperation op)
    {
        var factor = Factor(draft, op);
        var bias = op.Inputs.Length > 2 ? Scale(PerChannel(draft, op.Inputs[2], op.Output, op.Output.Shape.Length - 1), op.Beta) : null;
        return Linear(draft, op, Scale(op.TransposesB ? factor : factor.t(), op.Alpha), bias);
    }

    public static DraftValue Linear(NetworkDraft draft, MatMulOperation op) => Linear(draft, op, Factor(draft, op).t(), null);

    /// <summary>(x - mean) / deviation · scale + bias.</summary>
    public static DraftValue Normalisation(NetworkDraft draft, BatchNormOperation op)
    {
        Tensor[] x = [.. op.Inputs.Skip(1).Select(draft.Constant)];
        var variances = x[3].data<float>().ToArray();
        if (Array.FindIndex(variances, variance => !(variance + op.Epsilon > 0)) is >= 0 and var wrong)
            throw new OperatorException($"Its variance of channel {wrong} is {variances[wrong]}, and must not be negative.");
        using Scalar epsilon = op.Epsilon;
        var gain = x[0] / (x[3] + epsilon).sqrt();
        return Affine(draft, op, op.Inputs[0], gain, x[1] - x[2] * gain);
    }

    /// <summary>
    /// x · gain + offset, of each channel: in what the network sees of its input, or in the weights of the layer before, where nothing else
    /// reads them; else a layer of its own, which stays exact.
    /// </summary>
    /// <param name="gain">[channels].</param>
    /// <param name="offset">[channels].</param>
    /// <exception cref="OperatorException">A number is out of range, such as what comes of a division by 0.</exception>
    public static DraftValue Affine(NetworkDraft draft, ImportedOperation op, ImportedValue input, Tensor gain, Tensor offset)
    {
        var (gains, offsets) = (NetworkDraft.Numbers(gain), NetworkDraft.Numbers(offset));
        if (draft.FindChangeable(input) is MatrixOperation matrix)
        {
            using var oldWeight = draft.Tensors[matrix.Weight];
            using var oldBias = draft.Tensors[matrix.Bias];
            draft.Set(matrix.Weight, oldWeight * gain.reshape(-1, 1, 1, 1));
            draft.Set(matrix.Bias, oldBias * gain + offset);
            return draft[input];
        }

        if (draft.IsInputAlone(input))
        {
            draft.ScaleInput(gains, offsets);
            return draft[input];
        }

        if (gain.shape[0] == 1)
        {
            var function = new AffineFunction(gains[0], offsets[0]);
            return draft[input] with { Maker = draft.Append(new ElementOperation(draft.NewName(op), [draft[input].Maker], function)) };
        }

        if (draft[input].Order == ElementOrder.Flattened)
            throw new OperatorException("Numbers for each element of a flattened image are not supported.");
        var (value, weights) = (draft[input], gain.reshape(-1, 1, 1, 1));
        return Append(draft, op, value.Maker, weights, offset, OnePixel, (int)gain.shape[0]) with { Order = value.Order };
    }

    /// <summary>A constant that stretches over all but the channels, as a number for each: [channels].</summary>
    /// <param name="axis">The dimension of <paramref name="result"/> that its channels are.</param>
    public static Tensor PerChannel(NetworkDraft draft, ImportedValue value, ImportedValue result, int axis)
    {
        var (count, channels) = (Shapes.ElementCount(value.Shape), result.Shape[axis]);
        if (count == 1) return draft.Constant(value).reshape(1).expand(channels).contiguous();
        var own = value.Shape.Length - result.Shape.Length + axis;
        return own >= 0 && count == channels && value.Shape[own] == count
            ? draft.Constant(value).reshape(count)
            : throw new OperatorException($"Its constant must be one number a channel, not {Shapes.Text(value.Shape)}.");
    }

    private static DraftValue Linear(NetworkDraft draft, ImportedOperation op, Tensor weights, Tensor? bias)
    {
        var input = draft[op.Inputs[0]];
        if (input.Order == ElementOrder.Flattened)
            weights = weights.reshape(-1, input.Channels, input.Pixels).permute(0, 2, 1).reshape(weights.shape[0], -1);
        return Append(draft, op, input.Maker, weights.unsqueeze(-1).unsqueeze(-1), bias, OnePixel);
    }

    // As it stands in the file.
    private static Tensor Factor(NetworkDraft draft, ImportedOperation op)
    {
        Check(draft, op);
        return op.Inputs[0].Shape is [1, _]
            ? draft.Constant(op.Inputs[1])
            : throw new OperatorException($"Its rows must be one an image, not {Shapes.Text(op.Inputs[0].Shape)}.");
    }

    private static void Check(NetworkDraft draft, ImportedOperation op)
    {
        if (draft.FindFault(op) is { } fault) throw new OperatorException($"LUTBoost does not take it: {fault}.");
    }

    private static DraftValue Append(
        NetworkDraft draft, ImportedOperation op, string input, Tensor weights, Tensor? bias, Window window, int groups = 1)
    {
        var matrix = new MatrixOperation(
            draft.NewName(op), [input], (int)weights.shape[1] * groups, (int)weights.shape[0], window, Normalised: false, Relu: false)
        {
            Groups = groups,
        };
        draft.Set(matrix.Weight, weights.contiguous());
        draft.Set(matrix.Bias, bias?.contiguous() ?? zeros(weights.shape[0]));
        return new(draft.Append(matrix));
    }

    private static Tensor Scale(Tensor values, float factor)
    {
        using Scalar scalar = factor;
        return values * scalar;
    }
}
