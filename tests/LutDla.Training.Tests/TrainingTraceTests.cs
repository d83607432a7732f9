using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Networks.Definitions;
using LutDla.Training.Conversion;
using LutDla.Training.FineTuning;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests;

public sealed class TrainingTraceTests(ToyNetworks networks) : IClassFixture<ToyNetworks>
{
    private const int BatchImages = 16;

    private static readonly ConversionOptions Options = new()
    {
        Quantisation = new() { TableBits = 3, ActivationBits = 4, CentroidCount = 2, VectorLength = 8 },
        Refit = new RefitOptions { Images = 60, KMeansRows = 500, Rows = 0 },
        FineTuning = new() { CentroidVisits = 64, TableVisits = 640, BatchImages = BatchImages, BatchNormalisation = true },
    };

    [Fact]
    public void A_traced_training_gives_the_network_of_an_untraced_one()
    {
        var data = ToyData.Bars(160, seed: 1);

        var traced = Convert(Options, new TrainingTrace(images: 100, steps: 8));
        var untraced = LutBoost.Convert(
            networks.Get(Architecture.LeNet5, 1), data, Options, cancellation: TestContext.Current.CancellationToken).Network;

        using var folder = new TemporaryFolder();
        ArtefactFile.Write(folder.File("traced"), traced);
        ArtefactFile.Write(folder.File("untraced"), untraced);
        Assert.Equal(File.ReadAllBytes(folder.File("untraced")), File.ReadAllBytes(folder.File("traced")));
    }

    [Fact]
    public void The_first_and_last_accuracies_are_those_of_the_golden_model_before_and_after_training()
    {
        var trace = new TrainingTrace(images: 100, steps: 8);

        var after = Convert(Options, trace);

        var before = Convert(Options with { FineTuning = FineTuningOptions.None }, trace: null);
        Assert.Equal(Accuracy(before), trace.Accuracies[0].Accuracy);
        Assert.Equal(Accuracy(after), trace.Accuracies[^1].Accuracy);
        Assert.NotEqual(Accuracy(before), Accuracy(after));
    }

    [Fact]
    public void It_counts_visits_over_all_stages()
    {
        var trace = new TrainingTrace(images: 10, steps: 16);

        Convert(Options, trace);

        Assert.Equal(
            [
                ("centroid calibration", 0), ("centroid calibration", 64),
                ("table training", 320), ("table training", 576), ("table training", 704),
            ],
            trace.Accuracies.Select(point => (point.Stage, point.Visits)));
        Assert.Equal((44, 704), (trace.Losses.Count, trace.Losses[^1].Visits));
        Assert.InRange(trace.FloatAccuracy, 0.8, 1);
    }

    [Fact]
    public void Without_training_or_without_enough_images_there_is_nothing_to_trace()
    {
        Assert.Equal("trace", Problem(Options with { FineTuning = FineTuningOptions.None }, images: 10).Key);
        Assert.Equal(
            "trace",
            Problem(
                Options with { FineTuning = Options.FineTuning with { CentroidVisits = 0, TableVisits = BatchImages - 1 } },
                images: 10).Key);
        Assert.Equal("images", Problem(Options, images: 101).Key);
    }

    private InputProblem Problem(ConversionOptions options, int images) => Assert.Single(
        Assert.Throws<InvalidInputException>(() => Convert(options, new TrainingTrace(images, steps: 8))).Problems);

    private QuantizedNetwork Convert(ConversionOptions options, TrainingTrace? trace) => LutBoost.Convert(
        networks.Get(Architecture.LeNet5, 1), ToyData.Bars(160, seed: 1), options, trace, progress: null,
        TestContext.Current.CancellationToken).Network;

    // On the images that the conversion has not calibrated with.
    private static double Accuracy(QuantizedNetwork network)
    {
        var data = ToyData.Bars(160, seed: 1);
        var order = Enumerable.Range(0, data.Count).ToArray();
        new Random(Options.Seed).Shuffle(order);
        var engine = new GoldenEngine(network);
        return order.Skip(Options.Refit.Images).Count(i => engine.CountCorrect(data.Image(i), data.Labels.AsSpan(i, 1)) == 1) / 100.0;
    }
}
