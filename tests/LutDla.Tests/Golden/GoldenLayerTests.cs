using CsCheck;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;

namespace LutDla.Tests.Golden;

public sealed class GoldenLayerTests
{
    // 1 x 2 pixels of 3 channels, v = 2: two subspaces, the second one padded.
    private static readonly LutLayer TwoSubspaces = new()
    {
        InputChannels = 3,
        OutputChannels = 2,
        Window = SampleNetworks.Kernel1,
        VectorLength = 2,
        CentroidCount = 2,
        Metric = DistanceMetric.L1,
        ActivationBits = 8,
        TableBits = 8,
        Codebooks = [0, 0, 10, 10, /* subspace 1 */ -4, 0, 4, 0],
        Tables = [1, 2, 3, 4, /* subspace 1 */ 10, 20, 30, -40],
        Bias = [5, -1],
        Multiplier = [1, 3],
        Shift = [0, 1],
        OutputMinimum = -50,
        OutputMaximum = 30,
    };

    [Fact]
    public void A_layer_computed_by_hand()
    {
        var image = new ImageTensor(new ImageShape(1, 2, 3), [9, 4, 0, 1, 8, 100]);

        var trace = GoldenLayer.Run(TwoSubspaces, image);

        Assert.Equal([9, 4, 0, 0, 1, 8, 100, 0], trace.SubVectors);
        // 9,4: 13 from 0,0 and 7 from 10,10. 0: a tie of -4 and 4. 1,8: 9 and 11. 100: nearer to 4.
        Assert.Equal([1, 0, 0, 1], trace.Indices);
        Assert.Equal([7, 4, 9, 96], trace.Distances);
        Assert.Equal([13, 24, 31, -38], trace.Accumulators);
        // (13 + 5), (24 - 1) * 3 / 2 = 34.5 clamped; (31 + 5) clamped, (-38 - 1) * 3 / 2 = -58.5 clamped.
        Assert.Equal([18, 30, 30, -50], trace.Outputs);
    }

    [Fact]
    public void Layout_channels_orders_offsets_then_blocks()
    {
        var layer = SampleNetworks.Layer(3, 1, new Window { Height = 2, Width = 2, PaddingHeight = 1 }, v: 2, c: 2, DistanceMetric.L1);
        var image = new ImageTensor(new ImageShape(1, 2, 3), [1, 2, 3, 4, 5, 6]);

        Assert.Equal(
            [
                0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, // the window half above the image
                1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, // and half below it
            ],
            GoldenIm2Col.SubVectors(layer, image));
    }

    [Fact]
    public void Layout_window_takes_all_positions_of_a_channel()
    {
        var layer = SampleNetworks.Layer(
            2, 1, new Window { Height = 2, Width = 2, StrideWidth = 2 }, v: 4, c: 2, DistanceMetric.L1, layout: SubspaceLayout.Window);
        var image = new ImageTensor(new ImageShape(2, 4, 2), [.. Enumerable.Range(1, 16)]);

        Assert.Equal([1, 3, 9, 11, 2, 4, 10, 12, 5, 7, 13, 15, 6, 8, 14, 16], GoldenIm2Col.SubVectors(layer, image));
    }

    [Fact]
    public void A_codebook_that_holds_every_input_computes_the_exact_product() => Gen.Int[1, 1000].Sample(seed =>
    {
        // v = 1, 16 centroids: all values of 4 bits. The table is centroid times weight, so the layer is a convolution.
        var random = new Random(seed);
        var shape = SampleNetworks.Layer(
            3, 4, new Window { Height = 3, Width = 2, StrideHeight = 2, PaddingHeight = 1, PaddingWidth = 1 }, v: 1, c: 16,
            DistanceMetric.L2, activationBits: 4, tableBits: 16);
        var weights = Enumerable.Range(0, shape.SubspaceCount * 4).Select(_ => random.Next(-99, 100)).ToArray();
        var layer = shape with
        {
            Codebooks = [.. Enumerable.Range(0, shape.SubspaceCount * 16).Select(i => (short)(i % 16 - 8))],
            Tables = [.. Enumerable.Range(0, shape.SubspaceCount * 64)
                .Select(i => (short)((i / 4 % 16 - 8) * weights[i / 64 * 4 + i % 4]))],
        };
        var image = new ImageTensor(new ImageShape(5, 4, 3), [.. Enumerable.Range(0, 60).Select(_ => random.Next(-8, 8))]);

        Assert.Equal(Convolve(layer, image, weights), GoldenLayer.Run(layer, image).Accumulators);
    }, iter: 20);

    private static long[] Convolve(LutLayer layer, ImageTensor image, int[] weights)
    {
        var window = layer.Window;
        var sums = new List<long>();
        var (lastRow, lastColumn) = (
            image.Shape.Height + window.PaddingHeight - window.Height, image.Shape.Width + window.PaddingWidth - window.Width);
        for (var row = -window.PaddingHeight; row <= lastRow; row += window.StrideHeight)
        {
            for (var column = -window.PaddingWidth; column <= lastColumn; column += window.StrideWidth)
            {
                for (var n = 0; n < layer.OutputChannels; n++)
                {
                    var sum = 0L;
                    for (var i = 0; i < window.Area * layer.InputChannels; i++)
                    {
                        var (offset, channel) = (i / layer.InputChannels, i % layer.InputChannels);
                        sum += image.At(row + offset / window.Width, column + offset % window.Width, channel)
                            * weights[i * layer.OutputChannels + n];
                    }

                    sums.Add(sum);
                }
            }
        }

        return [.. sums];
    }
}
