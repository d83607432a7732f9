using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Training.Formats;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// A function of values as the integer network has it: for each code of the input the code of the result, and how fast it grows there.
/// </summary>
/// <param name="First">The code that the first entry stands for.</param>
/// <param name="Codes">[count].</param>
/// <param name="Slopes">
/// [count], result codes an input code: the difference of the neighbours, so that the function need not have a derivative.
/// </param>
internal sealed record ElementTable(int First, float[] Codes, float[] Slopes)
{
    /// <summary>The table of <paramref name="function"/>; 0 where it gives no number.</summary>
    public static ElementTable Of(ElementFunction function, TensorScale input, TensorScale output)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        // One code more at each end, for the slopes.
        double[] values = [.. Enumerable.Range(input.Minimum - 1, input.Maximum - input.Minimum + 3).Select(code => code * input.Scale)];
        double[] results = [.. function.Of(tensor(values)).data<double>().ToArray().Select(Code)];
        return new(
            input.Minimum, [.. results[1..^1].Select(result => (float)Math.Round(result))],
            [.. Enumerable.Range(1, results.Length - 2).Select(i => (float)((results[i + 1] - results[i - 1]) / 2))]);

        double Code(double result) => double.IsNaN(result) ? 0 : Math.Clamp(result / output.Scale, output.Minimum, output.Maximum);
    }

    /// <summary>The results' codes of codes, of any shape.</summary>
    public Tensor Apply(Tensor inputs)
    {
        using var first = tensor((float)First);
        var places = (inputs.detach() - first).to(ScalarType.Int64).flatten();
        var (codes, slopes) = (
            tensor(Codes).index_select(0, places).reshape(inputs.shape), tensor(Slopes).index_select(0, places).reshape(inputs.shape));
        return Gradients.Straight(inputs * slopes, codes);
    }
}
