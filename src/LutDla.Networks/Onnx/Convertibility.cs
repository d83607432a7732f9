namespace LutDla.Networks.Onnx;

/// <summary>Whether LUTBoost can replace an operation of an imported network by lookups.</summary>
public static class Convertibility
{
    /// <summary>Whether the operation is a matrix product at all; all else is computed as it is.</summary>
    public static bool IsProduct(ImportedOperation operation) => operation is ConvolutionOperation or GemmOperation or MatMulOperation;

    /// <summary>Null if a product can be replaced; else why it stays exact.</summary>
    public static string? FindObstacle(ImportedGraph graph, ImportedOperation operation) =>
        FindFault(graph, operation) ?? (operation is ConvolutionOperation { Groups: > 1 } op ? Groups(op) : null);

    /// <summary>Null if LUTBoost takes a product, by lookups or as it is; else why not.</summary>
    public static string? FindFault(ImportedGraph graph, ImportedOperation operation) => operation switch
    {
        ConvolutionOperation op => Common(graph, op) ?? Window(op),
        GemmOperation { TransposesA: true } => "its data are transposed",
        GemmOperation or MatMulOperation => Common(graph, operation) ?? Matrix(operation),
        _ => throw new ArgumentException($"{operation.Name} is no matrix product.", nameof(operation)),
    };

    private static string? Common(ImportedGraph graph, ImportedOperation operation)
    {
        if (!graph.Constants.ContainsKey(operation.Inputs[1].Name))
            return graph.Constants.ContainsKey(operation.Inputs[0].Name)
                ? "its weights are the first factor"
                : "a product of two activations";
        return operation.Inputs.Skip(2).All(input => graph.Constants.ContainsKey(input.Name)) ? null : "its bias is no constant";
    }

    private static string Groups(ConvolutionOperation op) =>
        op.Inputs[1].Shape[1] == 1 ? "depthwise: each output sees one channel" : $"grouped: {op.Groups} groups";

    private static string? Window(ConvolutionOperation op)
    {
        if (op.Window.Rank != 2)
            return "its spatial dimensions are not two";
        if (op.Window.IsDilated)
            return "its window has gaps";
        if (!op.Window.IsPaddedEvenly)
            return "its padding is not even";
        return op.Window.IsPaddedLessThanWindow ? null : "its padding is as wide as its window, or wider";
    }

    private static string? Matrix(ImportedOperation operation) =>
        operation.Inputs[0].Shape.Length >= 2 && operation.Inputs[1].Shape.Length == 2
            ? null
            : "its factors are not a matrix of rows and a matrix of weights";
}
