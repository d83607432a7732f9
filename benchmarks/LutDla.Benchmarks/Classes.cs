using System.Numerics;
using System.Numerics.Tensors;

namespace LutDla.Benchmarks;

/// <summary>From logits to classes.</summary>
internal static class Classes
{
    /// <summary>How many images have their largest logit, the first of equals, at their label.</summary>
    /// <param name="logits">[images, classes].</param>
    public static int CountCorrect<T>(ReadOnlySpan<T> logits, ReadOnlySpan<byte> labels)
        where T : INumber<T>
    {
        var classes = logits.Length / labels.Length;
        var correct = 0;
        for (var i = 0; i < labels.Length; i++)
            correct += TensorPrimitives.IndexOfMax(logits.Slice(i * classes, classes)) == labels[i] ? 1 : 0;
        return correct;
    }
}
