using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.FloatTraining;
using LutDla.Training.Recipe;

namespace LutDla.Training.Tests.Tokens;

/// <summary>A decoder that is trained here; published ones are in <see cref="LlamaFileTests"/>.</summary>
public sealed class DecoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DecoderTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trained_decoder_is_written_read_and_converted_and_still_predicts()
    {
        var (test, cancellation) = (ToyDecoder.Sequences(40, seed: 2), TestContext.Current.CancellationToken);
        var options = FloatTrainingOptions.For(Architecture.Decoder) with { Epochs = 6 };
        using (var trained = FloatTrainer.Train(options, ToyDecoder.Sequences(200, seed: 1), cancellation: cancellation))
            FloatNetworkFile.Write(_folder.File("toy.safetensors"), trained);
        using var network = FloatNetworkFile.Read(_folder.File("toy.safetensors"));

        var conversion = ConversionOptions.Tokens with { Quantisation = new() { VectorLength = 1 }, FineTuning = FineTuningOptions.None };
        var converted = LutBoost.Convert(network, ToyDecoder.Sequences(100, seed: 3), conversion, cancellation: cancellation).Network;

        // A coin of as many sides has ln 24, 3.18 nats.
        Assert.InRange(TokenScore.Of(network, test, cancellation).NegativeLogLikelihood, 0.3, 1.6);
        Assert.InRange(TokenScore.Of(converted, test, cancellation: cancellation).NegativeLogLikelihood, 0.3, 2);
    }

    [Fact]
    public void What_is_predicted_is_the_next_token_and_nothing_at_the_end()
    {
        var data = new TokenData { Name = "two", Vocabulary = 9, Tokens = [1, 2, 3, 7, 8], Starts = [0, 3, 5], Classes = 9 };

        using var labels = ((IExamples)data).Whole([1, 0]).Labels();

        Assert.Equal([8, ExampleBatch.NoLabel, 2, 3, ExampleBatch.NoLabel], labels.data<long>().ToArray());
    }

    [Fact]
    public void Labels_are_for_encoders_alone()
    {
        var labelled = ToyTexts.Labelled(2, seed: 1);

        Refused(() => Architectures.For(Architecture.Decoder, labelled));
        Refused(() => Architectures.For(Architecture.Encoder, labelled with { Labels = [] }));

        static void Refused(Func<FloatGraph> build) => Assert.Contains(
            Assert.Throws<InvalidInputException>(build).Problems,
            problem => problem.Rule.StartsWith("An encoder takes labelled texts", StringComparison.Ordinal));
    }

    [Fact]
    public void The_vocabulary_of_a_folder_is_that_of_both_parts()
    {
        _folder.Write("calib_tokens_u16le.bin", [1, 0, 2, 0]);
        _folder.Write("calib_lengths.json", "{\"lengths\": [2]}"u8.ToArray());
        _folder.Write("eval_tokens_u16le.bin", [5, 0, 2, 0]);
        _folder.Write("eval_lengths.json", "{\"lengths\": [2]}"u8.ToArray());

        var (train, test) = TokenFolder.ReadBoth(_folder.Path, longest: 4);

        Assert.Equal((6, 6, 6), (train.Vocabulary, test.Vocabulary, train.Classes));
    }
}
