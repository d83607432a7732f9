using System.Runtime.Intrinsics;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using LutDla.Networks.Runtime;
using static TorchSharp.torch;

namespace LutDla.Training.Tests.Tokens;

public sealed class AttentionTests
{
    private const int HeadChannels = 6;

    private static readonly TokenSpans Spans = new([5, 1, 39]);

    public AttentionTests() => TorchRuntime.EnsureLoaded(threads: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Results_and_gradients_are_those_of_the_definition(bool isCausal)
    {
        var shape = new AttentionShape(4, 2, HeadChannels, isCausal);
        using var generator = new Generator(1);
        Tensor[] inputs = [.. new[] { shape.Channels, shape.KeyChannels, shape.KeyChannels }.Select(
            channels => randn([Spans.Tokens, channels], generator: generator).requires_grad_())];
        Tensor[] copies = [.. inputs.Select(input => input.detach().clone().requires_grad_())];
        var direction = randn([Spans.Tokens, shape.Channels], generator: generator);
        var rotation = RotaryPositions.Table(39, HeadChannels, rotaryBase: 100);
        var factor = 1 / Math.Sqrt(HeadChannels) / Math.Log(2);

        var found = AttentionFunction.apply(inputs[0], inputs[1], inputs[2], new AttentionCall(shape, Spans, rotation, factor));
        (found * direction).sum().backward();
        var expected = Definition(shape, copies, rotation);
        (expected * direction).sum().backward();

        Close(expected, found);
        foreach (var (copy, input) in copies.Zip(inputs)) Close(copy.grad, input.grad);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Training_rounds_few_results_other_than_the_golden_model_does(bool isCausal)
    {
        var shape = new AttentionShape(4, 2, HeadChannels, isCausal);
        using var generator = new Generator(1);
        Tensor[] inputs = [.. new[] { shape.Channels, shape.KeyChannels, shape.KeyChannels }.Select(
            channels => (randn([Spans.Tokens, channels], generator: generator) * 8000).round())];
        var rotation = Array.ConvertAll(
            RotaryPositions.Table(39, HeadChannels, rotaryBase: 100), value => Math.Round(value * (1 << GoldenAttention.RotationBits)));
        var call = new AttentionCall(shape, Spans, rotation, 2e-8, new TensorRescale(1 << 20, 26, -127, 127), IsExact: true);

        using var noGradient = no_grad();
        var exact = AttentionFunction.apply(inputs[0], inputs[1], inputs[2], call);
        var fast = AttentionFunction.apply(inputs[0], inputs[1], inputs[2], call with { IsExact = false });

        Assert.True(exact.std().item<float>() > 20, "The results do not differ enough to tell anything.");
        Assert.True((exact - fast).abs().max().item<float>() <= 1);
        Assert.True(exact.ne(fast).sum().item<long>() <= exact.numel() / 100);
    }

    [Fact]
    public void Powers_of_two_are_as_precise_as_said()
    {
        float[] exponents = [-200, -126, -125.7f, -60.5f, -3.25f, -1, -0.5f, -1e-6f, 0, 0.3f, 1.5f, 17, 99.9f, 126.4f, -0.49999f, -2.5f];
        var powers = SinglePowerOfTwo.Of(Vector512.Create(exponents));
        for (var i = 0; i < exponents.Length; i++)
        {
            var expected = Math.Pow(2, Math.Max(exponents[i], -126));
            Assert.InRange(powers[i] / expected, 1 - 1e-6, 1 + 1e-6);
        }

        var rough = SinglePowerOfTwo.Roughly(Vector512.Create(exponents));
        for (var i = 0; i < exponents.Length; i++) Assert.InRange(rough[i] / Math.Pow(2, Math.Max(exponents[i], -60)), 1 - 1e-4, 1 + 1e-4);
    }

    private static Tensor Definition(AttentionShape shape, Tensor[] inputs, double[] rotation) => cat(
        [.. Spans.All.Select(span =>
        {
            var (q, k, v) = (Heads(inputs[0], shape.Heads), Heads(inputs[1], shape.KeyHeads), Heads(inputs[2], shape.KeyHeads));
            (q, k) = (Turned(q), Turned(k));
            var scores = q.matmul(k.repeat_interleave(2, 0).transpose(1, 2)) / MathF.Sqrt(HeadChannels);
            if (shape.IsCausal)
                scores = scores.masked_fill(ones(span.Length, span.Length).triu(1).to_type(ScalarType.Bool), float.NegativeInfinity);
            return scores.softmax(2).matmul(v.repeat_interleave(2, 0)).transpose(0, 1).reshape(span.Length, -1);

            Tensor Heads(Tensor tokens, int heads) =>
                tokens.narrow(0, span.Start, span.Length).reshape(span.Length, heads, HeadChannels).transpose(0, 1);

            Tensor Turned(Tensor heads)
            {
                var table = tensor(Array.ConvertAll(rotation, value => (float)value)).reshape(-1, HeadChannels / 2, 2)
                    .narrow(0, 0, span.Length);
                var (cosine, sine, pairs) = (table.select(2, 0), table.select(2, 1), heads.reshape(heads.shape[0], span.Length, -1, 2));
                var (a, b) = (pairs.select(3, 0), pairs.select(3, 1));
                return stack([a * cosine - b * sine, a * sine + b * cosine], 3).reshape(heads.shape);
            }
        })], 0);

    private static void Close(Tensor? expected, Tensor? found)
    {
        Assert.NotNull(expected);
        Assert.NotNull(found);
        Assert.True((expected - found).abs().max().item<float>() < 1e-4f * expected.abs().max().item<float>());
    }
}
