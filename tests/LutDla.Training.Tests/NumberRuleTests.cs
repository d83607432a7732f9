using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Runtime;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>Numbers that nothing can be computed with, and sizes that no machine has.</summary>
public sealed class NumberRuleTests
{
    public NumberRuleTests() => TorchRuntime.EnsureLoaded(threads: 1);

    [Theory]
    [InlineData(float.NaN, 1f, "mean")]
    [InlineData(0f, 0f, "deviation")]
    [InlineData(0f, -1f, "deviation")]
    [InlineData(0f, 1e-45f, "mean, deviation")]
    [InlineData(1e30f, 1f, "mean, deviation")]
    [InlineData(0f, float.PositiveInfinity, "deviation")]
    public void A_mean_or_deviation_that_makes_no_numbers_of_pixels_is_refused(float mean, float deviation, string key)
    {
        var fault = Assert.Throws<InvalidInputException>(() => PixelNormalisation.Given("command line", [mean], [deviation], channels: 1));

        Assert.Equal(key, Assert.Single(fault.Problems).Key);
    }

    [Theory]
    [InlineData("learning_rate=nan")]
    [InlineData("learning_rate=inf")]
    [InlineData("temperature=1e400")]
    [InlineData("refit.rows=1e10")]
    [InlineData("refit.ridge=-nan")]
    public void A_setting_that_is_no_number_is_refused(string setting) =>
        Assert.Single(Assert.Throws<InvalidInputException>(() => RecipeSetting.Apply(ConversionOptions.Fast, [setting])).Problems);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Training_that_runs_away_says_so(double loss)
    {
        var report = new LossReport("table training", every: 10, steps: 100, progress: null);
        report.Add(0, 1.5);

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => report.Add(1, loss)).Problems);

        Assert.Equal(("table training", "loss in step 1"), (problem.File, problem.Key));
    }

    [Fact]
    public void More_results_than_can_be_kept_are_refused_before_they_are_computed()
    {
        var data = ToyData.Bars(2, seed: 1);
        using var network = FloatNetwork.Create(Architectures.For(Architecture.LeNet5, data), PixelNormalisation.Of(data), seed: 1);
        var each = ActivationBudget.ValuesEach(network, data);
        var most = (int)(ActivationBudget.MaximumValues / each);
        ActivationBudget.Check(network, data, new ClaimedBatch(most));

        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ActivationBudget.Check(network, data, new ClaimedBatch(most + 1))).Problems);

        Assert.Equal($"{each * (most + 1)} values of {most + 1} examples", problem.Value);
        Assert.Contains($"{ActivationBudget.MaximumValues}", problem.Rule, StringComparison.Ordinal);
        Assert.Contains($"at most {most} examples", problem.Mend, StringComparison.Ordinal);
        // The image, and what LeNet-5 makes of 16 x 16 pixels: two convolutions with their pools, a row, three linear layers.
        Assert.Equal(16 * 16 + 16 * 16 * 6 + 8 * 8 * 6 + 4 * 4 * 16 + 2 * 2 * 16 + 64 + 120 + 84 + 4, each);
    }

    // As many as it says, and nothing else.
    private sealed class ClaimedBatch(int count) : ExampleBatch
    {
        public override int Count => count;

        public override Tensor Labels() => throw new NotSupportedException();

        public override Tensor Inputs(FloatNetwork network) => throw new NotSupportedException();

        public override Tensor Levels(ReadOnlySpan<float> levels) => throw new NotSupportedException();
    }
}
