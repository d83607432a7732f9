using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Conversion;
using LutDla.Training.Export;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Training.Tests.Tokens;

public sealed class TokenConversionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TokenConversionTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, DistanceMetric.L2)]
    [InlineData(3, DistanceMetric.L1)]
    public void The_forward_pass_equals_the_golden_model_integer_for_integer(int length, DistanceMetric metric)
    {
        var data = ToyDecoder.Sequences(40, seed: 2);
        var options = new ConversionOptions
        {
            Quantisation = new() { VectorLength = length, CentroidCount = 8, Metric = metric }, Refit = new() { Images = 40 },
        };
        using var source = NormFolding.Fold(ToyDecoder.Create());
        using var noGradient = no_grad();
        var calibration = CalibrationValues.Of(source, data, 40, seed: 1);
        using var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
        SequentialConversion.Run(network, calibration, heldOut: null, options, progress: null, TestContext.Current.CancellationToken);
        ArtefactFile.Write(
            _folder.File("toy.safetensors"), NetworkExporter.Export(network, "toy", ImmutableSortedDictionary<string, string>.Empty));
        var exported = ArtefactFile.Read(_folder.File("toy.safetensors"));

        IExamples examples = data;
        var batch = examples.Whole(Enumerable.Range(0, 10));
        var logits = network.Forward(batch.Levels(network.InputCodes()), spans: batch.Spans);

        Assert.Equal(
            Enumerable.Range(0, 10).SelectMany(i => GoldenNetwork.Run(exported, data.Sequence(i))),
            logits.contiguous().data<float>().ToArray().Select(value => (int)value));
        Assert.True(logits.std().item<float>() > 100, "The logits do not differ enough to tell anything.");
    }

    // The output layer is split, too: the logits are an addition's. One percent of the weights matters less than where k-means begins.
    [Theory]
    [InlineData("*=x2", 1)]
    [InlineData("*=x3", 1)]
    [InlineData("*=o1", 1.1)]
    [InlineData("*=o20", 1)]
    public void Split_layers_are_converted_and_the_error_of_the_logits_does_not_grow(string rule, double share)
    {
        var data = ToyDecoder.Sequences(60, seed: 2);
        using var source = ToyDecoder.Create();
        var plain = ConversionOptions.Tokens with { Quantisation = new() { VectorLength = 4 }, FineTuning = FineTuningOptions.None };
        var split = plain with { Quantisation = plain.Quantisation with { Layers = [LayerRule.Parse(rule)] } };
        var before = LutBoost.Convert(source, data, plain, cancellation: TestContext.Current.CancellationToken);
        var after = LutBoost.Convert(source, data, split, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(before.EqualLogits, after.EqualLogits);
        Assert.IsType<AddNode>(after.Network.Nodes[^1]);
        Assert.True(
            Error(after.Network) < share * Error(before.Network),
            $"The logits' error is {Error(before.Network)} before and {Error(after.Network)} after.");

        double Error(QuantizedNetwork converted)
        {
            using var noGradient = no_grad();
            var batch = ((IExamples)data).Whole(Enumerable.Range(0, 20));
            var wanted = source.Forward(batch.Inputs(source), spans: batch.Spans).flatten().data<float>().ToArray();
            var codes = Enumerable.Range(0, 20).SelectMany(i => GoldenNetwork.Run(converted, data.Sequence(i)));
            return wanted.Zip(codes).Average(pair => Math.Pow(pair.First - pair.Second * (converted.ResultScale ?? 0), 2));
        }
    }

    // RMSNorm, gates and causal attention; LayerNorm, GELU, attention to all and the mean, after which a sequence is one pixel.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_rounds_few_codes_otherwise_and_normalises_sums_of_tokens(bool isEncoder)
    {
        IExamples data = isEncoder ? ToyTexts.Labelled(40, seed: 2) : ToyDecoder.Sequences(40, seed: 2);
        var options = ConversionOptions.Tokens;
        using var source = NormFolding.Fold(
            isEncoder
                ? FloatNetwork.Create(Architectures.For(Architecture.Encoder, data), PixelNormalisation.None, seed: 1)
                : ToyDecoder.Create());
        using var noGradient = no_grad();
        var calibration = CalibrationValues.Of(source, data, 40, seed: 1);
        using var network = new LutNetwork(source, options.Quantisation, ScalePlan.Of(source, calibration.Values, options.Quantisation));
        SequentialConversion.Run(network, calibration, heldOut: null, options, progress: null, TestContext.Current.CancellationToken);
        var batch = data.Whole(Enumerable.Range(0, 40));
        var codes = network.Results(batch.Levels(network.InputCodes()), spans: batch.Spans);
        var pass = new TrainingPass(
            0, FollowCentroids: false, NormalisesBatches: true, EndsAtBlocks: false, SoftTemperature: 0, new Random(1));

        foreach (var op in network.Graph.Operations.Where(
            op => op is NormOperation or GatedProductOperation or GeluOperation or AttentionOperation or TokenMeanOperation))
        {
            var found = network.Apply(op, [.. op.Inputs.Select(name => codes[name])], pass, batch.Spans);
            Assert.True(codes[op.Name].std().item<float>() > 2, $"{op.Name} does not differ enough to tell anything.");
            Assert.True((codes[op.Name] - found).abs().max().item<float>() < 1.01, op.Name);
            Assert.True((codes[op.Name] - found).abs().gt(0.5).sum().item<long>() <= found.numel() / 50, op.Name);
        }

        var matrices = network.Matrices.Values.OfType<LutMatrix>().ToArray();
        Assert.All(matrices[..^1], matrix => Assert.True(matrix.CanNormalise));
        Assert.Equal(!isEncoder, matrices[^1].CanNormalise);
    }

    [Fact]
    public void A_projection_of_zeros_is_converted()
    {
        using var source = ToyDecoder.Create();
        foreach (var (name, tensor) in source.Tensors)
        {
            if (name.EndsWith(".wo.weight", StringComparison.Ordinal)) tensor.zero_();
        }

        Assert.Contains(source.Tensors.Keys, name => name.EndsWith(".wo.weight", StringComparison.Ordinal));
        var options = ConversionOptions.Tokens with { FineTuning = FineTuningOptions.None };
        var converted = LutBoost.Convert(
            source, ToyDecoder.Sequences(70, seed: 2), options, cancellation: TestContext.Current.CancellationToken).Network;
        Assert.Contains(GoldenNetwork.Run(converted, ToyDecoder.Sequences(1, seed: 5).Sequence(0)), logit => logit != 0);
    }

    [Fact]
    public void Training_brings_a_converted_decoder_nearer_to_the_float_network()
    {
        var (data, test) = (ToyDecoder.Sequences(200, seed: 3), ToyDecoder.Sequences(20, seed: 4));
        using var source = ToyDecoder.Create();
        var fast = ConversionOptions.Tokens with { Quantisation = new() { VectorLength = 4 }, FineTuning = FineTuningOptions.None };
        var trained = fast with
        {
            FineTuning = ConversionOptions.Tokens.FineTuning with
            {
                TableVisits = 3200, GeneratedSequences = 100, BatchImages = 8, LearningRate = 5e-3,
            },
        };

        var (before, after) = (Divergence(fast), Divergence(trained));

        Assert.True(after < 0.9 * before, $"The divergence is {before} before and {after} after training.");

        // Of the probabilities from those of the float network, in nats.
        double Divergence(ConversionOptions options)
        {
            var converted = LutBoost.Convert(source, data, options, progress: null, TestContext.Current.CancellationToken).Network;
            using var noGradient = no_grad();
            var (sum, scale) = (0.0, (float)(converted.ResultScale ?? 0));
            for (var i = 0; i < test.Count; i++)
            {
                var batch = ((IExamples)test).Whole([i]);
                var wanted = source.Forward(batch.Inputs(source), spans: batch.Spans).log_softmax(1);
                var codes = GoldenNetwork.Run(converted, test.Sequence(i));
                var found = tensor(Array.ConvertAll(codes, code => code * scale), wanted.shape).log_softmax(1);
                sum += (wanted.exp() * (wanted - found)).sum().item<float>();
            }

            return sum / test.Tokens.Length;
        }
    }

    [Fact]
    public void Tokens_of_another_vocabulary_and_sequences_that_are_too_long_are_refused()
    {
        var data = ToyDecoder.Sequences(4, seed: 1);
        Refused(data with { Vocabulary = 25 }, "vocabulary = 25 tokens: The network takes 24 tokens.");
        Refused(data with { Tokens = [.. new int[21]], Starts = [0, 21] }, "longest sequence = 21: The network takes 20 tokens.");

        static void Refused(TokenData data, string problem)
        {
            using var source = ToyDecoder.Create();
            var error = Assert.Throws<InvalidInputException>(
                () => LutBoost.Convert(source, data, ConversionOptions.Tokens, progress: null, TestContext.Current.CancellationToken));
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }
}
