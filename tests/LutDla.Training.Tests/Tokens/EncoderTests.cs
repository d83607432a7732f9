using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests.Tokens;

public sealed class EncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EncoderTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trained_encoder_is_written_read_and_converted_and_still_tells_texts_apart()
    {
        var test = ToyTexts.Labelled(100, seed: 2);
        using var trained = ToyTexts.Train();
        FloatNetworkFile.Write(_folder.File("toy.safetensors"), trained);
        using var network = FloatNetworkFile.Read(_folder.File("toy.safetensors"));
        var options = ConversionOptions.Texts with
        {
            Quantisation = new() { VectorLength = 2 }, FineTuning = ConversionOptions.Texts.FineTuning with { TableVisits = 640 },
        };

        var converted = LutBoost.Convert(
            network, ToyTexts.Labelled(300, seed: 1), options, progress: null, TestContext.Current.CancellationToken).Network;
        ArtefactFile.Write(_folder.File("lut.safetensors"), converted);

        Assert.True(TokenScore.Of(network, test, TestContext.Current.CancellationToken).Accuracy > 0.95);
        Assert.True(
            TokenScore.Of(
                ArtefactFile.Read(_folder.File("lut.safetensors")), test,
                cancellation: TestContext.Current.CancellationToken).Accuracy > 0.9);
        Assert.Contains(converted.Nodes, node => node is GeluNode);
        // Every layer but none else is looked up.
        Assert.Equal(network.Graph.Operations.OfType<MatrixOperation>().Count(), converted.Nodes.OfType<LutNode>().Count());
    }

    [Fact]
    public void Images_and_texts_are_told_apart()
    {
        Refused(() => Architectures.For(Architecture.Encoder, ToyData.Bars(2, seed: 1)), "It takes texts, not images.");
        Refused(() => Architectures.For(Architecture.ResNet8, ToyTexts.Labelled(2, seed: 1)), "It takes images, not texts.");
    }

    [Fact]
    public void An_artefact_of_other_tokens_is_refused()
    {
        using var network = ToyDecoder.Create();
        var options = ConversionOptions.Tokens with { FineTuning = FineTuningOptions.None };
        var data = ToyDecoder.Sequences(20, seed: 1);
        var converted = LutBoost.Convert(network, data, options, progress: null, TestContext.Current.CancellationToken).Network;

        Refused(() => TokenScore.Of(converted, ToyTexts.Labelled(2, seed: 1)), "input.vocabulary = 24: toy has 12 different tokens.");
        Refused(() => TokenScore.Of(converted with { ResultScale = null }, data), "result_scale = missing: Likelihoods need it.");
        var labelled = data with { Labels = [.. Enumerable.Repeat(0, data.Count)] };
        Refused(() => TokenScore.Of(converted, labelled), "result = 1 x 20 x 24: toy has 24 classes, of a sequence.");
        Refused(() => new GoldenEngine(converted), "The fast form takes images only.");
    }

    private static void Refused(Func<object> action, string problem) =>
        Assert.Contains(problem, Assert.Throws<InvalidInputException>(action).Message, StringComparison.Ordinal);
}
