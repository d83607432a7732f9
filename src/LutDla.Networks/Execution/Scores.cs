using LutDla.Golden.Reference;
using static TorchSharp.torch;

namespace LutDla.Networks.Execution;

/// <summary>The scores of networks that classify.</summary>
internal static class Scores
{
    /// <summary>
    /// A logit for each class. A single score is that of the second of two classes, beside 0 for the first: softmax of the two is its
    /// sigmoid, and the larger of the two is the class that <see cref="Decision"/> says.
    /// </summary>
    /// <param name="scores">[count, scores].</param>
    public static Tensor OfClasses(Tensor scores) => scores.shape[1] == 1 ? cat([zeros_like(scores), scores], 1) : scores;
}
