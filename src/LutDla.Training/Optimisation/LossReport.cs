using System.Diagnostics;
using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Training.Optimisation;

/// <summary>Reports the mean loss and the speed every so many steps.</summary>
internal sealed class LossReport(string stage, int every, int steps, IProgress<TrainingProgress>? progress)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private double _sum;

    private int _count;

    /// <exception cref="InvalidInputException">The loss is no number any more.</exception>
    public void Add(int step, double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new InvalidInputException(
                stage, $"loss in step {step}", $"{loss}", "The loss must stay a number: training has run away.",
                "Choose a smaller learning rate, or examples and weights of smaller numbers.");
        }

        (_sum, _count) = (_sum + loss, _count + 1);
        if ((step + 1) % every != 0 && step + 1 != steps) return;
        var note = string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalMilliseconds / _count:F0} ms a step");
        progress?.Report(new TrainingProgress(stage, step + 1, steps, _sum / _count, note));
        (_sum, _count) = (0, 0);
        _watch.Restart();
    }
}
