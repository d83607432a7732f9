namespace LutDla.Networks.Graphs;

/// <summary>What is done with an operation, by its kind.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
internal interface IOperationVisitor<out T>
{
    T Visit(MatrixOperation op);

    T Visit(PoolOperation op);

    T Visit(AddOperation op);

    T Visit(ChannelPadOperation op);

    T Visit(FlattenOperation op);

    T Visit(ElementOperation op);

    T Visit(ProductOperation op);

    T Visit(ConcatenationOperation op);

    T Visit(NormOperation op);

    T Visit(AttentionOperation op);

    T Visit(GatedProductOperation op);

    T Visit(GeluOperation op);

    T Visit(TokenMeanOperation op);
}
