using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using static TorchSharp.torch;

namespace LutDla.Training.Initialisation;

/// <summary>
/// How much a layer's result suffers from its sub-vectors' quantisation, by how channels are grouped: for many centroids and Gaussian
/// inputs, the error of v channels is v · det(covariance)^(1/v), times a number that all groups share. Channels count by their weights.
/// </summary>
/// <param name="tensor">What the layer reads.</param>
/// <param name="covariance">[classes, classes], as a share of the result's energy.</param>
/// <param name="positions">Of each class in the covariance.</param>
internal sealed class GroupCost(string tensor, double[,] covariance, IReadOnlyDictionary<int, int> positions, int vectorLength)
{
    /// <summary>Added to variances, as a share of their mean: channels that are never on would make groups free of cost.</summary>
    private const double Floor = 1e-4;

    public string Tensor => tensor;

    /// <param name="input">[count, channels, height, width].</param>
    /// <param name="channels">The classes of the input's channels, all different.</param>
    public static GroupCost Of(FloatNetwork network, MatrixOperation op, Tensor input, int[] channels, int vectorLength)
    {
        using var scope = NewDisposeScope();
        var weights = network.Tensors[op.Weight].square().sum([0, 2, 3]).sqrt();
        var rows = input.permute(0, 2, 3, 1).reshape(-1, op.InputChannels) * weights;
        rows = rows - rows.mean([0]);
        var energy = network.Matrix(op, input).var() * rows.shape[0] * op.OutputChannels + 1e-12;
        var values = (rows.t().matmul(rows) / energy).contiguous().data<float>().ToArray();
        var covariance = new double[channels.Length, channels.Length];
        for (var i = 0; i < values.Length; i++) covariance[i / channels.Length, i % channels.Length] = values[i];
        return new GroupCost(
            op.Inputs[0], covariance, channels.Select((channel, i) => (channel, i)).ToDictionary(pair => pair.channel, pair => pair.i),
            vectorLength);
    }

    /// <summary>Of the groups that hold these two classes; 0 if one group holds both.</summary>
    /// <param name="places">The class at each place of the tensor.</param>
    public double Of(int[] places, int a, int b)
    {
        var (first, second) = (Array.IndexOf(places, a) / vectorLength, Array.IndexOf(places, b) / vectorLength);
        return first == second ? 0 : Group(places, first) + Group(places, second);
    }

    private double Group(int[] places, int group)
    {
        var start = group * vectorLength;
        var count = Math.Min(vectorLength, places.Length - start);
        var matrix = new double[count, count];
        var trace = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) matrix[i, j] = covariance[positions[places[start + i]], positions[places[start + j]]];
            trace += matrix[i, i];
        }

        for (var i = 0; i < count; i++) matrix[i, i] += Floor * trace / count + 1e-12;
        return count * Math.Exp(LogDeterminant(matrix, count) / count);
    }

    // By elimination; the matrix is positive definite.
    private static double LogDeterminant(double[,] matrix, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += Math.Log(matrix[i, i]);
            for (var row = i + 1; row < count; row++)
            {
                var factor = matrix[row, i] / matrix[i, i];
                for (var k = i; k < count; k++) matrix[row, k] -= factor * matrix[i, k];
            }
        }

        return sum;
    }
}
