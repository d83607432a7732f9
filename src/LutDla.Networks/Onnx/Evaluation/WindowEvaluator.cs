using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Evaluation;

/// <summary>
/// Convolutions and pooling. Padding is done before, with what the operation says of it, since libtorch knows only even padding; a single
/// spatial dimension is treated as two, the first of side 1.
/// </summary>
internal static class WindowEvaluator
{
    public static Tensor Convolve(ConvolutionOperation op, Tensor x, Tensor weight, Tensor? bias)
    {
        var w = op.Window;
        var padded = nn.functional.pad(x, Pads(w.PadsBegin, w.PadsEnd));
        var result = w.Rank == 3
            ? nn.functional.conv3d(padded, weight, bias, [.. w.Strides], dilation: [.. w.Dilations], groups: op.Groups)
            : nn.functional.conv2d(
                InPlane(padded, w.Rank), InPlane(weight, w.Rank), bias, InPlane(w.Strides), dilation: InPlane(w.Dilations),
                groups: op.Groups);
        return result.reshape([.. op.Output.Shape]);
    }

    public static Tensor Max(MaxPoolOperation op, Tensor x)
    {
        var w = op.Window;
        var padded = nn.functional.pad(x, Pads(w.PadsBegin, Ends(op, w)), value: double.NegativeInfinity);
        var result = w.Rank == 3
            ? nn.functional.max_pool3d(padded, [.. w.Kernel], [.. w.Strides], dilation: [.. w.Dilations])
            : nn.functional.max_pool2d(InPlane(padded, w.Rank), InPlane(w.Kernel), InPlane(w.Strides), dilation: InPlane(w.Dilations));
        return result.reshape([.. op.Output.Shape]);
    }

    // The mean of a window over zeros, divided by the share of the window that counts.
    public static Tensor Average(AveragePoolOperation op, Tensor x)
    {
        var w = op.Window;
        var ends = Ends(op, w);
        var counted = ones([1, 1, .. x.shape[2..]]);
        if (op.CountsPadding) counted = nn.functional.pad(counted, Pads(w.PadsBegin, w.PadsEnd), value: 1);
        var rest = op.CountsPadding
            ? Pads([.. new long[w.Rank]], [.. ends.Select((end, i) => end - w.PadsEnd[i])])
            : Pads(w.PadsBegin, ends);
        var share = Mean(w, nn.functional.pad(counted, rest));
        return Mean(w, nn.functional.pad(x, Pads(w.PadsBegin, ends))).div(share).reshape([.. op.Output.Shape]);
    }

    private static Tensor Mean(SlidingWindow w, Tensor x) => w.Rank switch
    {
        3 => nn.functional.avg_pool3d(x, [.. w.Kernel], [.. w.Strides]),
        1 => nn.functional.avg_pool2d(InPlane(x, 1), InPlane(w.Kernel), InPlane(w.Strides)).squeeze(2),
        _ => nn.functional.avg_pool2d(x, [.. w.Kernel], [.. w.Strides]),
    };

    // A last window may reach past the padding; for it, more is padded.
    private static ImmutableArray<long> Ends(ImportedOperation op, SlidingWindow w) =>
    [
        .. Enumerable.Range(0, w.Rank).Select(i =>
        {
            var reach = (op.Output.Shape[i + 2] - 1) * w.Strides[i] + w.Extent(i);
            return Math.Max(w.PadsEnd[i], reach - op.Inputs[0].Shape[i + 2] - w.PadsBegin[i]);
        }),
    ];

    // libtorch names the last dimension first.
    private static long[] Pads(ImmutableArray<long> begin, ImmutableArray<long> end) =>
        [.. Enumerable.Range(1, begin.Length).SelectMany(i => new[] { begin[^i], end[^i] })];

    private static Tensor InPlane(Tensor tensor, int rank) => rank == 1 ? tensor.unsqueeze(2) : tensor;

    private static long[] InPlane(ImmutableArray<long> each) => each.Length == 1 ? [1, each[0]] : [.. each];
}
