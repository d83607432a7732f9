using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>What a layer computes without quantisation, in the converted network's layout: channels last.</summary>
internal static class ExactProduct
{
    /// <summary>
    /// [count, out height, out width, out] of images [count, height, width, in] and weights [out, in, kernel height, kernel width].
    /// </summary>
    public static Tensor Forward(LutGeometry geometry, Tensor images, Tensor weight)
    {
        if (geometry.IsPointwise) return images.matmul(weight.reshape(geometry.OutputChannels, geometry.InputChannels).t());
        var window = geometry.Window;
        return nn.functional.conv2d(
            images.permute(0, 3, 1, 2), weight, null, [window.StrideHeight, window.StrideWidth],
            [window.PaddingHeight, window.PaddingWidth])
            .permute(0, 2, 3, 1);
    }

    /// <summary>
    /// The gradient [count, height, width, in] of the images. Convolutions round gradient and weights to 8 significant bits: a gradient
    /// through a search is rough anyway, and they take less than half of the time.
    /// </summary>
    public static Tensor InputGradient(LutGeometry geometry, Tensor gradient, Tensor weight)
    {
        if (geometry.IsPointwise) return gradient.matmul(weight.reshape(geometry.OutputChannels, geometry.InputChannels));
        var window = geometry.Window;
        // Input pixels below and right of the last window get nothing, but must be there.
        long[] outputPadding =
        [
            geometry.InputHeight - ((geometry.OutputHeight - 1) * window.StrideHeight - 2 * window.PaddingHeight + window.Height),
            geometry.InputWidth - ((geometry.OutputWidth - 1) * window.StrideWidth - 2 * window.PaddingWidth + window.Width),
        ];
        return nn.functional.conv_transpose2d(
            gradient.permute(0, 3, 1, 2).to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16), null,
            [window.StrideHeight, window.StrideWidth],
            [window.PaddingHeight, window.PaddingWidth], outputPadding).permute(0, 2, 3, 1).to(ScalarType.Float32).contiguous();
    }
}
