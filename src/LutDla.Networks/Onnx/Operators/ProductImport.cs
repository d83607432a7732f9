namespace LutDla.Networks.Onnx.Operators;

/// <summary>Matrix products: what LUTBoost can replace if the weights are constant.</summary>
internal static class ProductImport
{
    public static ImportedOperation Convolution(NodeContext node)
    {
        var (data, weights) = (node.Data(0, 3), node.Data(1, 3));
        var groups = node.Integer("group", 1);
        if (weights.Shape.Length != data.Shape.Length || data.Shape.Length > 5)
            throw new OperatorException("Data and weights must have one to three spatial dimensions alike.");
        if (groups < 1 || data.Shape[1] != checked(weights.Shape[1] * groups) || weights.Shape[0] % groups != 0)
            throw new OperatorException(
                $"Weights {Shapes.Text(weights.Shape)} in {groups} groups do not fit data {Shapes.Text(data.Shape)}.");
        if (node.Has(2) && !node.Data(2).Shape.SequenceEqual([weights.Shape[0]]))
            throw new OperatorException($"A bias of {weights.Shape[0]} numbers is needed.");

        var window = WindowImport.Window(node, data.Shape, weights.Shape[2..]);
        if (!window.Kernel.SequenceEqual(weights.Shape[2..]))
            throw new OperatorException("Its kernel_shape is not that of its weights.");
        var sides = WindowImport.OutputSides(window, data.Shape, roundsUp: false);
        var head = node.Has(2)
            ? node.Head([data.Shape[0], weights.Shape[0], .. sides], 0, 1, 2)
            : node.Head([data.Shape[0], weights.Shape[0], .. sides], 0, 1);
        return new ConvolutionOperation(head, window, groups);
    }

    public static ImportedOperation Gemm(NodeContext node)
    {
        var (a, b) = (node.Data(0).Shape, node.Data(1).Shape);
        var (transposesA, transposesB) = (node.Flag("transA"), node.Flag("transB"));
        if (a.Length != 2 || b.Length != 2 || a[transposesA ? 0 : 1] != b[transposesB ? 1 : 0])
            throw new OperatorException($"The matrices {Shapes.Text(a)} and {Shapes.Text(b)} do not fit each other.");
        long[] shape = [a[transposesA ? 1 : 0], b[transposesB ? 0 : 1]];
        if (node.Has(2) && !Shapes.Broadcast([.. shape], node.Data(2).Shape).SequenceEqual(shape))
            throw new OperatorException("Its bias does not stretch to the result.");
        return new GemmOperation(
            node.Has(2) ? node.Head([.. shape], 0, 1, 2) : node.Head([.. shape], 0, 1),
            node.Single("alpha", 1), node.Single("beta", 1), transposesA, transposesB);
    }

    // A vector on the left counts as a row and one on the right as a column; the side that this adds goes again.
    public static ImportedOperation MatMul(NodeContext node)
    {
        var (a, b) = (node.Data(0, 1).Shape, node.Data(1, 1).Shape);
        var inner = b[b.Length == 1 ? 0 : ^2];
        if (a[^1] != inner)
            throw new OperatorException($"The matrices {Shapes.Text(a)} and {Shapes.Text(b)} do not fit each other.");
        var stack = Shapes.Broadcast(a[..Math.Max(0, a.Length - 2)], b[..Math.Max(0, b.Length - 2)]);
        ReadOnlySpan<long> rows = a.Length == 1 ? [] : [a[^2]];
        ReadOnlySpan<long> columns = b.Length == 1 ? [] : [b[^1]];
        return new MatMulOperation(node.Head([.. stack, .. rows, .. columns], 0, 1));
    }
}
