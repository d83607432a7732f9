namespace LutDla.Networks.Onnx;

/// <summary>What is done with an imported operation, by its kind.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal interface IImportedVisitor<out T>
{
    T Visit(ConvolutionOperation op);

    T Visit(GemmOperation op);

    T Visit(MatMulOperation op);

    T Visit(BatchNormOperation op);

    T Visit(LayerNormOperation op);

    T Visit(SoftmaxOperation op);

    T Visit(UnaryOperation op);

    T Visit(ClipOperation op);

    T Visit(LeakyReluOperation op);

    T Visit(BinaryOperation op);

    T Visit(MaxPoolOperation op);

    T Visit(AveragePoolOperation op);

    T Visit(ReduceMeanOperation op);

    T Visit(ReshapeOperation op);

    T Visit(TransposeOperation op);

    T Visit(ConcatOperation op);

    T Visit(SliceOperation op);

    T Visit(GatherOperation op);

    T Visit(ConstantOperation op);
}
