namespace LutDla.Benchmarks.Onnx;

/// <summary>Graphs as ONNX files. The numbers are those of the fields in onnx.proto.</summary>
internal static class OnnxWriter
{
    // The first operator set in which QuantizeLinear knows channels, and the format that came with its time.
    private const int OperatorSet = 13;
    private const int FormatVersion = 8;

    private const int IntegerAttribute = 2;
    private const int ListAttribute = 7;

    private const string BatchDimension = "images";

    /// <summary>The bytes of a ModelProto.</summary>
    public static byte[] Write(OnnxGraph graph) => new ProtoMessage()
        .Add(1, FormatVersion)
        .Add(2, "LutDla")
        .Add(7, Graph(graph))
        .Add(8, new ProtoMessage().Add(2, OperatorSet))
        .ToArray();

    private static ProtoMessage Graph(OnnxGraph graph) => new ProtoMessage()
        .AddEach(graph.Nodes, (message, node) => message.Add(1, Node(node)))
        .Add(2, graph.Name)
        .AddEach(graph.Initialisers, (message, tensor) => message.Add(5, Tensor(tensor)))
        .Add(11, Value(graph.Input.Name, Shape(graph.Input)))
        .AddEach(graph.Outputs, (message, name) => message.Add(12, Value(name, shape: null)));

    private static ProtoMessage Node(OnnxNode node) => new ProtoMessage()
        .AddEach(node.Inputs, (message, input) => message.Add(1, input))
        .Add(2, node.Output)
        .Add(3, node.Output)
        .Add(4, node.OpType)
        .AddEach(node.Attributes, (message, attribute) => message.Add(5, Attribute(attribute)));

    private static ProtoMessage Attribute(OnnxAttribute attribute) => new ProtoMessage()
        .Add(1, attribute.Name)
        .AddEach(attribute.Values, (message, value) => message.Add(attribute.IsList ? 8 : 3, value))
        .Add(20, attribute.IsList ? ListAttribute : IntegerAttribute);

    private static ProtoMessage Tensor(OnnxTensor tensor) => new ProtoMessage()
        .AddEach(tensor.Dimensions, (message, dimension) => message.Add(1, dimension))
        .Add(2, (long)tensor.ElementType)
        .Add(8, tensor.Name)
        .Add(9, tensor.Bytes);

    private static ProtoMessage Value(string name, ProtoMessage? shape)
    {
        var tensorType = new ProtoMessage().Add(1, (long)OnnxType.Single);
        if (shape is not null)
            tensorType.Add(2, shape);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensorType));
    }

    private static ProtoMessage Shape(OnnxInput input) => new ProtoMessage()
        .Add(1, new ProtoMessage().Add(2, BatchDimension))
        .AddEach([input.Channels, input.Height, input.Width], (message, size) => message.Add(1, new ProtoMessage().Add(1, (long)size)));
}
