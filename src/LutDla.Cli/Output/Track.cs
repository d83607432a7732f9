using System.Globalization;
using LutDla.Training.Optimisation;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>How far long work is: a bar that moves on a terminal, a line for every tenth and every new stage elsewhere.</summary>
/// <param name="show">Is given the done part, 0 to 1, and the stage.</param>
internal sealed class Track(Action<double, string> show)
{
    private const int PlainSteps = 10;

    public void Report(double done, double total, string stage = "") => show(total > 0 ? Math.Clamp(done / total, 0, 1) : 0, stage);

    public void Report(TrainingProgress progress)
    {
        string?[] parts = [progress.Stage, progress.Loss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"loss {loss:F3}") : null, progress.Note];
        Report(progress.Done, progress.Total, string.Join(", ", parts.OfType<string>()));
    }

    /// <summary>A synchronous adapter: <see cref="Progress{T}"/> would reorder reports.</summary>
    public IProgress<T> As<T>(Action<Track, T> report) => new Reports<T>(value => report(this, value));

    public static async Task<T> LiveAsync<T>(IAnsiConsole console, string what, Func<Track, Task<T>> work)
    {
        var bar = console.Progress().AutoClear(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());
        return await bar.StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: 1);
            var result = await work(new Track((part, stage) =>
            {
                task.Value = part;
                task.Description = Markup.Escape(stage.Length == 0 ? what : $"{what}: {stage}");
            }));
            task.Value = 1;
            return result;
        });
    }

    public static async Task<T> PlainAsync<T>(IAnsiConsole console, string what, Func<Track, Task<T>> work)
    {
        var (shownStep, shownStage) = (-1, "");
        var gate = new Lock(); // work may report from several threads
        return await work(new Track((part, stage) =>
        {
            lock (gate)
            {
                var step = (int)(part * PlainSteps);
                if (step == shownStep && stage == shownStage)
                    return;
                (shownStep, shownStage) = (step, stage);
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {100 * part,3:0} %{(stage.Length == 0 ? "" : $"  {stage}")}"));
            }
        }));
    }

    private sealed class Reports<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
