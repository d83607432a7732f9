using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>One layer without gradients, whatever it becomes.</summary>
internal static class MatrixInitialiser
{
    /// <inheritdoc cref="LayerInitialiser.Run"/>
    public static void Run(
        ConvertedMatrix matrix, FloatNetwork source, MatrixOperation op, Tensor images, Tensor target, RefitOptions options,
        RowSensitivity? sensitivity, int seed) => matrix.Match(
            lut => LayerInitialiser.Run(lut, source, op, images, target, options, sensitivity, seed),
            exact => ExactInitialiser.Run(exact, source, images, target));
}
