using System.Globalization;
using LutDla.Training.Optimisation;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>How far long work is: a bar that moves on a terminal, a line for every tenth and every new stage elsewhere.</summary>
/// <param name="show">Is given the done part, 0 to 1, the stage, and the time that is left, if that is known.</param>
internal sealed class Track(Action<double, string, TimeSpan?> show)
{
    private const int PlainSteps = 10;

    public void Report(double done, double total, string stage = "", TimeSpan? left = null) =>
        show(total > 0 ? Math.Clamp(done / total, 0, 1) : 0, stage, left);

    public void Report(TrainingProgress progress)
    {
        var loss = progress.Loss is { } value ? string.Create(CultureInfo.InvariantCulture, $"loss {value:F3}") : null;
        var stage = string.Join(", ", new[] { progress.Stage, loss, progress.Note }.OfType<string>());
        Report(progress.Done, progress.Total, stage, progress.Left);
    }

    /// <summary>A synchronous adapter: <see cref="Progress{T}"/> would reorder reports.</summary>
    public IProgress<T> As<T>(Action<Track, T> report) => new Reports<T>(value => report(this, value));

    public static async Task<T> LiveAsync<T>(IAnsiConsole console, string what, Func<Track, Task<T>> work)
    {
        var bar = console.Progress().AutoClear(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new ElapsedTimeColumn());
        return await bar.StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: 1);
            var result = await work(new Track((part, stage, left) =>
            {
                task.Value = part;
                task.Description = Markup.Escape($"{what}{(stage.Length == 0 ? "" : $": {stage}")}{Left(part, left)}");
            }));
            task.Value = 1;
            return result;
        });
    }

    public static async Task<T> PlainAsync<T>(IAnsiConsole console, string what, Func<Track, Task<T>> work)
    {
        var (shownStep, shownStage) = (-1, "");
        var gate = new Lock(); // work may report from several threads
        return await work(new Track((part, stage, left) =>
        {
            lock (gate)
            {
                var step = (int)(part * PlainSteps);
                if (step == shownStep && stage == shownStage)
                    return;
                (shownStep, shownStage) = (step, stage);
                var text = stage.Length == 0 ? "" : $"  {stage}";
                console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {100 * part,3:0} %{text}{Left(part, left)}"));
            }
        }));
    }

    private static string Left(double part, TimeSpan? left) => left is { } time && part < 1 ? $", {Figures.About(time)} left" : "";

    private sealed class Reports<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
