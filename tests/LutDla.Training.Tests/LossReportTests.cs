using LutDla.Training.Optimisation;

namespace LutDla.Training.Tests;

/// <summary>When training says how it goes.</summary>
public sealed class LossReportTests
{
    private const int Steps = 250;

    [Fact]
    public void The_time_that_is_left_is_told_after_ten_steps_and_losses_are_means_of_whole_intervals()
    {
        var reports = Run(Steps);

        Assert.Equal([10, 100, 200, 250], reports.Select(report => report.Done));
        // Losses are the numbers of the steps.
        Assert.Equal([null, 49.5, 149.5, 224.5], reports.Select(report => report.Loss));
        Assert.All(reports, report => Assert.NotNull(report.Left));
        Assert.Equal(TimeSpan.Zero, reports[^1].Left);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_stage_of_few_steps_is_told_at_its_end(int steps) =>
        Assert.Equal([steps], Run(steps).Select(report => (int)report.Done));

    private static List<TrainingProgress> Run(int steps)
    {
        var reports = new List<TrainingProgress>();
        var report = new LossReport("stage", every: 100, steps, new Listed(reports), 0);
        for (var step = 0; step < steps; step++) report.Add(step, step);
        return reports;
    }

    private sealed class Listed(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
