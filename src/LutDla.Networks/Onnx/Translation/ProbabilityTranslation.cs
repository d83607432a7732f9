using LutDla.Golden.Reference;

namespace LutDla.Networks.Onnx.Translation;

/// <summary>
/// What makes probabilities of scores at the end of a network: it goes, because the decision stays the same. The largest score stays the
/// largest, and a single one is above 0 where its sigmoid is above 1/2 (<see cref="Decision"/>).
/// </summary>
internal static class ProbabilityTranslation
{
    /// <summary>Whether nothing comes after a value that would change it: it is what the network gives.</summary>
    public static bool IsEnd(NetworkDraft draft, ImportedValue value)
    {
        // A file may hold a long chain of what changes nothing, so this does not recurse.
        var open = new Stack<ImportedValue>([value]);
        while (open.TryPop(out var next))
        {
            foreach (var reader in draft.Readers(next))
            {
                if (reader is not (ReshapeOperation or UnaryOperation { Kind: UnaryKind.Identity or UnaryKind.ToSingle })) return false;
                open.Push(reader.Output);
            }
        }

        return true;
    }

    public static DraftValue Softmax(NetworkDraft draft, SoftmaxOperation op)
    {
        var shape = op.Output.Shape;
        var classes = draft[op.Inputs[0]].Order == ElementOrder.ChannelsLast ? shape.Length - 1 : 1;
        if (op.Axis != classes)
        {
            throw new OperatorException(
                $"Its results sum to 1 over axis {op.Axis}{(op.Axis == 0 ? ", the batch" : "")}. " +
                $"At the end of a network that must be its classes, axis {classes}.");
        }

        return shape[classes] > 1 ? draft[op.Inputs[0]] : throw new OperatorException("Of a single score it is always 1.");
    }
}
