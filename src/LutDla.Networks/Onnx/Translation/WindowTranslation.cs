using LutDla.Golden.Model;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>Pools, and what arranges elements.</summary>
internal static class WindowTranslation
{
    public static DraftValue Maximum(NetworkDraft draft, MaxPoolOperation op) => Pool(draft, op, op.Window, PoolKind.Max);

    public static DraftValue Average(NetworkDraft draft, AveragePoolOperation op) =>
        op.CountsPadding || op.Window.PadsBegin.All(pad => pad == 0)
        ? Pool(draft, op, op.Window, PoolKind.Average)
        : throw new OperatorException("Averages that leave out the padding are not supported.");

    /// <summary>The mean over rows and columns.</summary>
    public static DraftValue Mean(NetworkDraft draft, ReduceMeanOperation op)
    {
        var (input, shape) = (draft[op.Inputs[0]], op.Inputs[0].Shape);
        int[] sides = input.Order == ElementOrder.ChannelsLast ? [1, 2] : [2, 3];
        if (shape.Length != 4 || input.Order == ElementOrder.Flattened || !op.Axes.SequenceEqual(sides))
            throw new OperatorException("Only means over the rows and columns of an image are supported.");
        var window = new Window { Height = (int)shape[sides[0]], Width = (int)shape[sides[1]] };
        var keepsSides = op.Output.Shape.Length == 4;
        return new(
            draft.Append(new PoolOperation(draft.NewName(op), [input.Maker], PoolKind.Average, window)),
            keepsSides ? input.Order : ElementOrder.ChannelsFirst);
    }

    /// <summary>Only an image to a row: one pixel, or all.</summary>
    public static DraftValue Reshape(NetworkDraft draft, ReshapeOperation op)
    {
        var (input, from, to) = (draft[op.Inputs[0]], op.Inputs[0].Shape, op.Output.Shape);
        if (to is not [1, _] and not [1, _, 1, 1])
            throw new OperatorException($"From {Shapes.Text(from)} to {Shapes.Text(to)}: only an image can be reshaped, to one row.");
        if (from.Length < 4) return input;
        var shape = draft.Shape(op.Inputs[0]);
        if (shape.Pixels == 1) return new(input.Maker);
        var name = draft.Append(new FlattenOperation(draft.NewName(op), [input.Maker]));
        return input.Order == ElementOrder.ChannelsLast ? new(name) : new(name, ElementOrder.Flattened, shape.Channels, shape.Pixels);
    }

    /// <summary>Only channels from the last place to the first, or back: ours do not move.</summary>
    public static DraftValue Transpose(NetworkDraft draft, TransposeOperation op) => (draft[op.Inputs[0]], op.Permutation) switch
    {
        ({ Order: ElementOrder.ChannelsLast } input, [0, 3, 1, 2]) => input with { Order = ElementOrder.ChannelsFirst },
        ({ Order: ElementOrder.ChannelsFirst } input, [0, 2, 3, 1]) => input with { Order = ElementOrder.ChannelsLast },
        _ => throw new OperatorException("Only transpositions that move the channels of an image first or last are supported."),
    };

    public static DraftValue Concatenate(NetworkDraft draft, ConcatOperation op)
    {
        if (op.Inputs.Any(draft.IsConstant)) throw new OperatorException("Constants cannot be concatenated with images.");
        DraftValue[] inputs = [.. op.Inputs.Select(input => draft[input])];
        var (order, rank) = (inputs[0].Order, op.Output.Shape.Length);
        var axis = order == ElementOrder.ChannelsLast ? rank - 1 : 1;
        if (order == ElementOrder.Flattened || op.Axis != axis || Array.Exists(inputs, input => input.Order != order))
            throw new OperatorException("Only the channels of images or vectors can be concatenated.");
        return inputs.Length == 1
            ? inputs[0]
            : new(draft.Append(new ConcatenationOperation(draft.NewName(op), [.. inputs.Select(input => input.Maker)])), order);
    }

    public static Window Window(SlidingWindow window) => new()
    {
        Height = (int)window.Kernel[0], Width = (int)window.Kernel[1], StrideHeight = (int)window.Strides[0],
        StrideWidth = (int)window.Strides[1],
        PaddingHeight = (int)window.PadsBegin[0], PaddingWidth = (int)window.PadsBegin[1],
    };

    private static DraftValue Pool(NetworkDraft draft, ImportedOperation op, SlidingWindow window, PoolKind kind)
    {
        if (window.Rank != 2 || window.IsDilated || !window.IsPaddedEvenly)
            throw new OperatorException("Its window must have two dimensions, no gaps, and as much padding before as behind.");
        var (shape, pooled) = (op.Inputs[0].Shape, Window(window));
        if (pooled.OutputHeight((int)shape[2]) != op.Output.Shape[2] || pooled.OutputWidth((int)shape[3]) != op.Output.Shape[3])
            throw new OperatorException("Windows that reach past the image are not supported.");
        return new(draft.Append(new PoolOperation(draft.NewName(op), [draft[op.Inputs[0]].Maker], kind, pooled)));
    }
}
