using System.Diagnostics;
using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Training.Optimisation;

/// <summary>
/// Reports the mean loss, the speed and the time that is left every so many steps, and the last two as soon as some steps are measured.
/// </summary>
/// <param name="steps">Of the stage.</param>
/// <param name="later">Steps of stages that follow; they are taken to be as long.</param>
internal sealed class LossReport(string stage, int every, int steps, IProgress<TrainingProgress>? progress, int later = 0)
{
    /// <summary>The first steps find nothing in caches, and compile what they run.</summary>
    private const int WarmUpSteps = 2;

    private const int MeasuredSteps = 8;

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private double _sum;

    private int _count;

    private int _seen;

    /// <summary>Steps since the watch was started.</summary>
    private int _timed;

    /// <exception cref="InvalidInputException">The loss is no number any more.</exception>
    public void Add(int step, double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new InvalidInputException(
                stage, $"loss in step {step}", $"{loss}", "The loss must stay a number: training has run away.",
                "Choose a smaller learning rate, or examples and weights of smaller numbers.");
        }

        (_sum, _count, _seen, _timed) = (_sum + loss, _count + 1, _seen + 1, _timed + 1);
        if ((step + 1) % every == 0 || step + 1 == steps)
        {
            Report(step, _sum / _count);
            (_sum, _count) = (0, 0);
        }
        else
        {
            if (_seen == WarmUpSteps + MeasuredSteps) Report(step, loss: null);
            if (_seen != WarmUpSteps) return;
        }

        _timed = 0;
        _watch.Restart();
    }

    private void Report(int step, double? loss)
    {
        var each = _watch.Elapsed / _timed;
        var note = string.Create(CultureInfo.InvariantCulture, $"{each.TotalMilliseconds:F0} ms a step");
        progress?.Report(new TrainingProgress(stage, step + 1, steps, loss, note, each * ((long)steps - step - 1 + later)));
    }
}
