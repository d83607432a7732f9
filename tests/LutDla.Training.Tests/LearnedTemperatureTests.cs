using LutDla.Networks.Definitions;
using LutDla.Training.Conversion;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

public sealed class LearnedTemperatureTests(ToyNetworks networks) : IClassFixture<ToyNetworks>, IDisposable
{
    private const string Untouched = "conv1 1";

    private static readonly ConversionOptions Options = new()
    {
        Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 2000 },
        FineTuning = new FineTuningOptions { TableVisits = 2560, BatchImages = 16, SoftTemperature = 1, SoftTemperatureRate = 10 },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_move_where_inputs_get_gradients_and_are_told_at_the_end()
    {
        var layers = Learned(Options).Split(", ");

        // The first layer reads the image, which gets no gradient.
        Assert.Equal(Untouched, layers[0]);
        Assert.All(layers[1..], layer => Assert.False(layer.EndsWith(" 1", StringComparison.Ordinal), layer));
    }

    [Fact]
    public void They_start_at_the_recipes_and_nobody_hears_of_fixed_ones()
    {
        Assert.Contains(
            "conv2 4", Learned(Options with { FineTuning = Options.FineTuning with { SoftTemperature = 4, LearningRate = 0 } }));
        Assert.Equal("", Learned(Options with { FineTuning = Options.FineTuning with { TableVisits = 16, SoftTemperatureRate = 0 } }));
    }

    [Fact]
    public void A_stopped_training_goes_on_with_them()
    {
        var whole = Learned(Options);
        var kept = Options with { CheckpointPath = _folder.File("run.ckpt") };
        using var cancellation = new CancellationTokenSource();
        var stopped = Assert.Throws<OperationCanceledException>(() => Learned(kept, cancellation));
        Assert.Equal(cancellation.Token, stopped.CancellationToken);

        Assert.Equal(whole, Learned(kept));
    }

    // What is said about the temperatures; with a source, training is stopped at its first report, of 100 steps.
    private string Learned(ConversionOptions options, CancellationTokenSource? stop = null)
    {
        var listener = new Listener(stop);
        LutBoost.Convert(
            networks.Get(Architecture.LeNet5, 1), ToyData.Bars(160, seed: 1), options, listener,
            stop?.Token ?? TestContext.Current.CancellationToken);
        return listener.Temperatures;
    }

    private sealed class Listener(CancellationTokenSource? stop) : IProgress<TrainingProgress>
    {
        public string Temperatures { get; private set; } = "";

        public void Report(TrainingProgress value)
        {
            if (value.Stage == "learned temperatures") Temperatures = value.Note ?? "";
            if (value.Stage == "table training") stop?.Cancel();
        }
    }
}
