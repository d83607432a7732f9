namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// What each operation of an imported graph becomes in the network that is being made. What cannot be taken is an
/// <see cref="OperatorException"/>.
/// </summary>
internal sealed class OperationTranslation(NetworkDraft draft) : IImportedVisitor<DraftValue>
{
    public DraftValue Visit(ConvolutionOperation op) => MatrixTranslation.Convolution(draft, OfImage(op));

    public DraftValue Visit(GemmOperation op) => MatrixTranslation.Linear(draft, ChannelsFirst(op));

    public DraftValue Visit(MatMulOperation op) => MatrixTranslation.Linear(draft, ChannelsFirst(op));

    public DraftValue Visit(BatchNormOperation op) => MatrixTranslation.Normalisation(draft, OfImage(op));

    public DraftValue Visit(LayerNormOperation op) => Refuse(op);

    public DraftValue Visit(SoftmaxOperation op) => ProbabilityTranslation.IsEnd(draft, op.Output)
        ? ProbabilityTranslation.Softmax(draft, op)
        : throw new OperatorException("LUTBoost takes it at the end of a network only.");

    public DraftValue Visit(UnaryOperation op) => op.Kind switch
    {
        UnaryKind.Identity or UnaryKind.ToSingle => draft[op.Inputs[0]],
        UnaryKind.ToInteger => throw new OperatorException("LUTBoost has no whole numbers."),
        UnaryKind.Sigmoid when ProbabilityTranslation.IsEnd(draft, op.Output) => draft[op.Inputs[0]],
        UnaryKind.Relu => ElementTranslation.Rectify(draft, op, float.PositiveInfinity),
        _ => ElementTranslation.Function(draft, op),
    };

    public DraftValue Visit(ClipOperation op) => op is { Minimum: 0, Maximum: > 0 }
        ? ElementTranslation.Rectify(draft, op, op.Maximum)
        : ElementTranslation.Function(draft, op);

    public DraftValue Visit(LeakyReluOperation op) => ElementTranslation.Function(draft, op);

    public DraftValue Visit(BinaryOperation op) => ElementTranslation.Binary(draft, op);

    public DraftValue Visit(MaxPoolOperation op) => WindowTranslation.Maximum(draft, OfImage(op));

    public DraftValue Visit(AveragePoolOperation op) => WindowTranslation.Average(draft, OfImage(op));

    public DraftValue Visit(ReduceMeanOperation op) => WindowTranslation.Mean(draft, op);

    public DraftValue Visit(ReshapeOperation op) => WindowTranslation.Reshape(draft, op);

    public DraftValue Visit(TransposeOperation op) => WindowTranslation.Transpose(draft, op);

    public DraftValue Visit(ConcatOperation op) => WindowTranslation.Concatenate(draft, op);

    public DraftValue Visit(SliceOperation op) => Refuse(op);

    public DraftValue Visit(GatherOperation op) => Refuse(op);

    public DraftValue Visit(ConstantOperation op) => Refuse(op);

    private DraftValue Refuse(ImportedOperation op)
    {
        OfImage(op);
        throw new OperatorException("LUTBoost has no such operation.");
    }

    private T OfImage<T>(T op)
        where T : ImportedOperation => Reads(ChannelsFirst(op), ElementOrder.Flattened)
            ? throw new OperatorException("A flattened image can only be read by a linear layer, and by functions of its elements.")
            : op;

    private T ChannelsFirst<T>(T op)
        where T : ImportedOperation => Reads(op, ElementOrder.ChannelsLast)
            ? throw new OperatorException("The channels of its image must come first.")
            : op;

    private bool Reads(ImportedOperation op, ElementOrder order) =>
        op.Inputs.Any(input => !draft.IsConstant(input) && draft[input].Order == order);
}
