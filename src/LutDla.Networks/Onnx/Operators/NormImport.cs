namespace LutDla.Networks.Onnx.Operators;

/// <summary>Normalisation, by running statistics, by the elements themselves, or to a sum of 1.</summary>
internal static class NormImport
{
    private const float DefaultEpsilon = 1e-5f;

    /// <summary>The operator set that gave training mode an attribute.</summary>
    private const long TrainingModeSet = 14;

    /// <summary>What to do with a node in training mode.</summary>
    public const string ExportForInference = "Export the model for inference, such as after model.eval() in PyTorch.";

    /// <summary>Means and variances, running and of the batch, come after the result.</summary>
    private const int Statistics = 4;

    public static ImportedOperation Batch(NodeContext node)
    {
        node.Ignore("momentum");
        if (node.Flag("training_mode"))
            throw new OperatorException("It is in training mode.", ExportForInference);
        // Until then the outputs said so: who asks for statistics trains, whether anything reads them or not.
        if (node.OperatorSet < TrainingModeSet && Enumerable.Range(1, Statistics).Any(node.HasOutput))
        {
            throw new OperatorException(
                "It is in training mode: it has outputs for the batch's statistics.", ExportForInference);
        }

        if (!node.Flag("spatial", missing: true))
            throw new OperatorException("Statistics of each element, instead of each channel, are not supported.");
        var shape = node.Data(0, 2).Shape;
        for (var input = 1; input <= 4; input++)
        {
            if (!node.Data(input).Shape.SequenceEqual([shape[1]]))
                throw new OperatorException($"Its input {input} must hold {shape[1]} numbers, one a channel.");
        }

        return new BatchNormOperation(node.Head(shape, 0, 1, 2, 3, 4), node.Single("epsilon", DefaultEpsilon));
    }

    public static ImportedOperation Layer(NodeContext node)
    {
        node.Ignore("stash_type"); // the precision in between, and there is only one here
        var shape = node.Data(0, 1).Shape;
        var axis = Shapes.Axis(node.Integer("axis", -1), shape.Length);
        for (var input = 1; input <= 2 && (input == 1 || node.Has(input)); input++)
        {
            if (!node.Data(input).Shape.SequenceEqual(shape[axis..]))
                throw new OperatorException($"Its input {input} must be {Shapes.Text(shape[axis..])}, as what is normalised.");
        }

        return new LayerNormOperation(
            node.Has(2) ? node.Head(shape, 0, 1, 2) : node.Head(shape, 0, 1), axis, node.Single("epsilon", DefaultEpsilon));
    }

    public static ImportedOperation Softmax(NodeContext node)
    {
        var shape = node.Data(0, 1).Shape;
        var isFlattened = node.OperatorSet < 13;
        return new SoftmaxOperation(
            node.Head(shape, 0), Shapes.Axis(node.Integer("axis", isFlattened ? 1 : -1), shape.Length), isFlattened);
    }
}
