using LutDla.Networks.Graphs;

namespace LutDla.Training.Formats;

/// <summary>What the result of an operation of a network of images is for: that decides its bits.</summary>
internal enum ResultUse
{
    /// <summary>It has the format of what it passes on.</summary>
    PassedOn,

    /// <summary>The logits, or what becomes them unchanged.</summary>
    Scores,

    /// <summary>A mean of its input.</summary>
    Mean,

    /// <summary>Only additions read it.</summary>
    Summand,

    /// <summary>Only a concatenation reads it, and gives it its own format.</summary>
    Part,

    /// <summary>Only functions and products of values read it.</summary>
    Computed,

    /// <summary>A layer may search it.</summary>
    Searched,
}

/// <summary>The use of each result.</summary>
internal static class ResultUses
{
    /// <param name="readers">Of each result, by its name.</param>
    public static ResultUse Of(FloatOperation op, ILookup<string, FloatOperation> readers)
    {
        var ofOp = readers[op.Name].Distinct().ToList();
        return ScaleRoles.Of(op) switch
        {
            ScaleRole.PassesOn => ResultUse.PassedOn,
            _ when IsLast(op) => ResultUse.Scores,
            ScaleRole.Averages => ResultUse.Mean,
            _ when ofOp.TrueForAll(reader => reader is AddOperation) => ResultUse.Summand,
            _ when ofOp is [ConcatenationOperation] => ResultUse.Part,
            _ when ofOp.TrueForAll(reader => ScaleRoles.Of(reader) == ScaleRole.Computes) => ResultUse.Computed,
            _ => ResultUse.Searched,
        };

        bool IsLast(FloatOperation operation) =>
            readers[operation.Name].All(reader => ScaleRoles.Of(reader) == ScaleRole.PassesOn && IsLast(reader));
    }
}
