using LutDla.Golden.Fast;
using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Networks.Data;
using LutDla.Training.IntegerNetwork;
using static TorchSharp.torch;

namespace LutDla.Training.Export;

/// <summary>
/// The proof, made in every conversion, that what was exported is the network that was trained: the golden model gives the same integers as
/// its forward pass.
/// </summary>
internal static class ExportCheck
{
    private const int Images = 64;

    private const int Sequences = 4;

    /// <summary>Compares every logit of some examples.</summary>
    /// <returns>How many logits were compared.</returns>
    /// <exception cref="InvalidOperationException">One differs: a fault of LUTBoost.</exception>
    public static int Run(LutNetwork network, QuantizedNetwork exported, IExamples data)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        int[] examples = [.. Enumerable.Range(0, Math.Min(data.Count, data is Dataset ? Images : Sequences))];
        var batch = data.Whole(examples);
        var trained = network.Forward(batch.Levels(network.InputCodes()), batch.Spans).contiguous().data<float>().ToArray();
        var golden = Golden(exported, data, examples);
        if (golden.Length != trained.Length)
            throw new InvalidOperationException($"The exported network has {golden.Length} logits, the trained one {trained.Length}.");
        var different = golden.Zip(trained).Count(pair => pair.First != pair.Second);
        return different == 0
            ? golden.Length
            : throw new InvalidOperationException(
                $"{different} of {golden.Length} logits of the exported network differ from those of the trained one.");
    }

    private static int[] Golden(QuantizedNetwork exported, IExamples data, int[] examples)
    {
        if (data is TokenData tokens) return [.. examples.SelectMany(i => GoldenNetwork.Run(exported, tokens.Sequence(i)))];
        var images = (Dataset)data;
        var engine = new GoldenEngine(exported);
        var logits = new int[examples.Length * engine.OutputLength];
        engine.Infer(images.Images.AsSpan(0, examples.Length * engine.ImageBytes), examples.Length, logits);
        return logits;
    }
}
