using LutDla.Training.Kernels;
using LutDla.Training.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>
/// The gradient of a search as if each sub-vector took all table rows, in shares that fall with the squared distance: softmax(-d / (temperature · mean of the
/// least d)). An alternative to the gradient of the exact product; many times slower, and several tensors [S, rows, c] are in memory at once.
/// </summary>
/// <remarks>B. Chen et al., "Differentiable product quantization", 2020; X. Tang et al., LUT-NN, MobiCom 2023.</remarks>
internal static class SoftAssignment
{
    /// <summary>Where all sub-vectors are centroids, the least distances are 0.</summary>
    private const double SmallestUnit = 1e-6;

    /// <summary>The gradient [count, height, width, in] of the images.</summary>
    /// <param name="gradient">[count, out height, out width, out], of the sums.</param>
    /// <param name="images">[count, height, width, in].</param>
    /// <param name="table">[S, c, out].</param>
    /// <param name="centroids">[S, c, v].</param>
    public static Tensor InputGradient(LutGeometry geometry, Tensor gradient, Tensor images, Tensor table, Tensor centroids, double temperature)
    {
        using var scope = NewDisposeScope();
        using Scalar factor = temperature;
        using Scalar two = 2;
        using Scalar minusTwo = -2;
        using Scalar least = 0;
        using Scalar smallest = SmallestUnit;
        var inputs = SubVectors(geometry, images);
        var distances = centroids.square().sum([2]).unsqueeze(1).add(inputs.bmm(centroids.transpose(1, 2)), minusTwo)
            .add(inputs.square().sum([2], keepdim: true), HeldScalars.One).clamp_min(least);
        var unit = (distances.amin([2]).mean() * factor).clamp_min(smallest);
        var shares = nn.functional.softmax((distances / unit).neg(), 2);
        // What each share is wanted to grow by, and what that means for the logits of the softmax. Their sum is 0, so the sub-vector itself drops out below.
        var wanted = gradient.reshape(1, -1, geometry.OutputChannels).matmul(table.transpose(1, 2));
        var changes = shares * wanted.add((shares * wanted).sum([2], keepdim: true), HeldScalars.MinusOne);
        return Images(geometry, changes.bmm(centroids) * two / unit, images.shape[0]).MoveToOuterDisposeScope();
    }

    // [S, rows, v], zeros where sub-vectors are padded.
    private static Tensor SubVectors(LutGeometry geometry, Tensor images)
    {
        var window = geometry.Window;
        var columns = nn.functional.unfold(
            images.permute(0, 3, 1, 2), (window.Height, window.Width), padding: (window.PaddingHeight, window.PaddingWidth),
            stride: (window.StrideHeight, window.StrideWidth));
        var rows = columns.reshape(images.shape[0], geometry.InputChannels, window.Area, geometry.RowsPerImage).permute(2, 0, 3, 1);
        return nn.functional.pad(rows, [0, Padding(geometry)])
            .reshape(window.Area, -1, geometry.SubspacesPerOffset, geometry.VectorLength).permute(0, 2, 1, 3)
            .reshape(geometry.SubspaceCount, -1, geometry.VectorLength);
    }

    // The transpose of the above: pixels get the sum of what their sub-vectors get.
    private static Tensor Images(LutGeometry geometry, Tensor subVectors, long count)
    {
        var window = geometry.Window;
        var columns = subVectors.reshape(window.Area, geometry.SubspacesPerOffset, count, geometry.RowsPerImage, geometry.VectorLength)
            .permute(2, 1, 4, 0, 3).reshape(count, geometry.InputChannels + Padding(geometry), window.Area, geometry.RowsPerImage)
            .narrow(1, 0, geometry.InputChannels).reshape(count, geometry.InputChannels * window.Area, geometry.RowsPerImage);
        return nn.functional.fold(
            columns, (geometry.InputHeight, geometry.InputWidth), (window.Height, window.Width), padding: (window.PaddingHeight, window.PaddingWidth),
            stride: (window.StrideHeight, window.StrideWidth)).permute(0, 2, 3, 1).contiguous();
    }

    private static int Padding(LutGeometry geometry) => geometry.SubspacesPerOffset * geometry.VectorLength - geometry.InputChannels;
}
