using LutDla.Networks.Execution;
using LutDla.Networks.Kernels;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>One use of a layer: what its gradient needs to know, and the indices it chose.</summary>
/// <param name="SoftTemperature">The recipe's, of the soft assignment whose gradient the input gets; 0: that of the exact product.</param>
internal sealed record LutCall(LutMatrix Matrix, bool NeedsInputGradient, double SoftTemperature = 0)
{
    /// <summary>[S, rows], bytes; set by the forward pass.</summary>
    public Tensor Indices { get; set; } = empty(0, dtype: ScalarType.Byte);
}

/// <summary>
/// Centroid search and table lookup with gradients. Forward: sums [images, rows, columns, out] of integer table entries. Backward: the
/// table gets its true gradient (so do, through it, centroids, weights and residual); the input gets that of the exact product, as if
/// nothing had been quantised (straight-through estimator), or that of a soft assignment, whose temperature then gets one, too.
/// </summary>
/// <remarks>
/// Arguments: images [count, height, width, in], table [S, c, out], integer centroids, weight, logarithm of the temperature,
/// <see cref="LutCall"/>.
/// </remarks>
internal sealed unsafe class LutFunction : autograd.SingleTensorFunction<LutFunction>
{
    private const string CallKey = "call";

    private delegate void ByteGather(byte* indices, sbyte* tables, float* sums, int subspaces, int centroids, int rows, int channels);

    public override string Name => nameof(LutFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, table, centroids, weight, call) = (
            (Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (LutCall)vars[5]);
        ctx.save_for_backward([table, weight, images, centroids]);
        ctx.save_data(CallKey, call);

        var (matrix, geometry) = (call.Matrix, call.Matrix.Geometry);
        var count = (int)images.shape[0];
        var rows = count * geometry.RowsPerImage;
        call.Indices = empty([geometry.SubspaceCount, rows], dtype: ScalarType.Byte);
        var sums = empty([count, geometry.OutputHeight, geometry.OutputWidth, geometry.OutputChannels]);
        using var codebooks = centroids.detach().contiguous();
        matrix.Search.Run(
            NativeValues.Floats(images), count, new ReadOnlySpan<float>(NativeValues.Floats(codebooks), (int)codebooks.numel()),
            NativeValues.Bytes(call.Indices));
        Gather(matrix, table, call.Indices, sums);
        return sums;
    }

    /// <summary>sums[m] = sum over s of the rounded table's row that m chose.</summary>
    /// <param name="table">[S, c, out], not rounded.</param>
    /// <param name="indices">[S, rows].</param>
    /// <param name="sums">[..., out], written.</param>
    public static void Gather(LutMatrix matrix, Tensor table, Tensor indices, Tensor sums)
    {
        var (geometry, rows) = (matrix.Geometry, (int)indices.shape[1]);
        var columns = ByteColumnSums.Serves(geometry, matrix.Format.TableBits);
        if (columns || ByteTableSums.Serves(geometry, matrix.Format.TableBits))
        {
            using var entries = empty(table.shape, dtype: ScalarType.Int8);
            TableRounding.Round(
                NativeValues.Floats(table), NativeValues.SignedBytes(entries), table.numel(), matrix.TableMinimum, matrix.TableMaximum);
            ByteGather gather = columns ? ByteColumnSums.Gather : ByteTableSums.Gather;
            gather(
                NativeValues.Bytes(indices), NativeValues.SignedBytes(entries), NativeValues.Floats(sums), geometry.SubspaceCount,
                geometry.CentroidCount, rows, geometry.OutputChannels);
        }
        else
        {
            using var entries = matrix.IntegerTable(table);
            TableSums.Gather(
                NativeValues.Bytes(indices), NativeValues.Floats(entries), NativeValues.Floats(sums), geometry.SubspaceCount,
                geometry.CentroidCount, rows, geometry.OutputChannels);
        }
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var call = (LutCall)ctx.get_data(CallKey);
        var saved = ctx.get_saved_variables();
        var (matrix, geometry) = (call.Matrix, call.Matrix.Geometry);
        var gradient = grad_output.contiguous();
        var tableGradient = empty_like(saved[0]);
        JointTableSums.Scatter(
            NativeValues.Bytes(call.Indices), NativeValues.Floats(gradient), NativeValues.Floats(tableGradient), geometry.SubspaceCount,
            geometry.CentroidCount, (int)call.Indices.shape[1], geometry.OutputChannels);
        TableRounding.Mask(
            NativeValues.Floats(saved[0]), NativeValues.Floats(tableGradient), tableGradient.numel(), matrix.TableMinimum,
            matrix.TableMaximum);
        var (inputGradient, temperatureGradient) = call switch
        {
            { NeedsInputGradient: false } => (null, null),
            { SoftTemperature: 0 } => (ExactProduct.InputGradient(geometry, gradient, saved[1]), null),
            _ => SoftGradients(call, gradient, saved[2], saved[0], saved[3]),
        };
        return Gradients.Of(inputGradient, tableGradient, null, null, temperatureGradient, null);
    }

    private static (Tensor Images, Tensor? LogTemperature) SoftGradients(
        LutCall call, Tensor gradient, Tensor images, Tensor table, Tensor centroids)
    {
        var logarithm = call.Matrix.LogTemperature;
        var (inputs, change) = SoftAssignment.Gradient(
            call.Matrix.Geometry, gradient, images, table, centroids, call.SoftTemperature * Math.Exp(logarithm.item<float>()),
            logarithm.requires_grad);
        return (inputs, logarithm.requires_grad ? full_like(logarithm, change) : null);
    }
}
