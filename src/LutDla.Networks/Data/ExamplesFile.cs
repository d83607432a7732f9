using System.Collections.Immutable;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Execution;

namespace LutDla.Networks.Data;

/// <summary>
/// Somebody's own examples as a safetensors file: <c>inputs</c>, images [count, channels, rows, columns] (or with channels last, if the
/// metadata say
/// <c>"layout": "NHWC"</c>) or vectors [count, numbers], as bytes or as the floating-point numbers that the network takes; and perhaps
/// <c>labels</c> [count].
/// </summary>
public static class ExamplesFile
{
    /// <summary>What to do where a network takes examples of another shape.</summary>
    public const string ShapeMend = "Give such examples; \"layout\": \"NHWC\" in the metadata says that channels come last.";

    private const string Inputs = "inputs";

    private const string Labels = "labels";

    /// <summary>A label is kept in a byte.</summary>
    private const int Classes = 256;

    /// <summary>
    /// Without examples to test with, one of as many is kept for that, drawn with a fixed seed: classes may come in turns.
    /// </summary>
    private const int TestShare = 10;

    /// <summary>What is in a file.</summary>
    /// <param name="Bytes">[count, rows, columns, channels], or empty where there are numbers.</param>
    /// <param name="Numbers">The same, or empty where there are bytes.</param>
    private sealed record Contents(string Path, ImageShape Shape, byte[] Bytes, float[] Numbers, byte[]? Labels)
    {
        public int Count => (Bytes.Length + Numbers.Length) / Shape.Count;

        public Dataset AsBytes(PixelNormalisation? meaning) => new()
        {
            Name = System.IO.Path.GetFileNameWithoutExtension(Path), Images = Bytes.Length > 0 ? Bytes : Quantise(meaning),
            Labels = Labels ?? new byte[Count],
            IsLabelled = Labels is not null, Height = Shape.Height, Width = Shape.Width, Channels = Shape.Channels,
            Classes = Labels is null ? 0 : Labels.Max() + 1, LacksClasses = true, Meaning = Bytes.Length > 0 ? null : meaning,
        };

        private byte[] Quantise(PixelNormalisation? meaning)
        {
            if (meaning is null)
                throw Invalid(Path, Inputs, "floating-point numbers", "What they are as bytes is not known.", "Give bytes.");
            var bytes = new byte[Numbers.Length];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = meaning.Byte(Numbers[i], i % Shape.Channels);
            return bytes;
        }
    }

    /// <summary>Examples to convert with and examples to test with: of one file, or of two.</summary>
    /// <param name="test">Null: a tenth of the others.</param>
    /// <exception cref="InvalidInputException">A file is broken, or the two do not fit.</exception>
    public static (Dataset Train, Dataset Test) ReadBoth(string train, string? test)
    {
        var first = Read(train);
        // A byte stands for one of 256 numbers between the extremes of a channel.
        var meaning = first.Numbers.Length > 0 ? PixelNormalisation.Between(Extremes(first)) : null;
        if (test is null) return Split(first.AsBytes(meaning));
        var second = Read(test);
        if (second.Shape != first.Shape || (second.Labels is null) != (first.Labels is null)
            || (second.Numbers.Length > 0) != (first.Numbers.Length > 0))
        {
            throw Invalid(test, Inputs, Kind(second), $"{train} has {Kind(first)}.", "Give examples of one kind.");
        }

        return (first.AsBytes(meaning), second.AsBytes(meaning));
    }

    /// <summary>Examples for a converted network, which says what bytes stand for.</summary>
    /// <exception cref="InvalidInputException">The file is broken, or has numbers that the network does not know as bytes.</exception>
    public static Dataset ReadFor(string path, InputQuantizer input)
    {
        var contents = Read(path);
        var expected = new ImageShape(input.Height, input.Width, input.Channels);
        return contents.Shape == expected
            ? contents.AsBytes(input.Bytes is { } bytes ? PixelNormalisation.Of(bytes) : null)
            : throw Invalid(path, Inputs, $"{contents.Shape}", $"The network takes {expected}.", ShapeMend);
    }

    /// <summary>The examples that <see cref="ReadBoth"/> keeps for the test where there are no others.</summary>
    /// <inheritdoc cref="ReadFor" path="/exception"/>
    public static Dataset ReadTestFor(string path, InputQuantizer input) => Split(ReadFor(path, input)).Test;

    private static (Dataset Train, Dataset Test) Split(Dataset all)
    {
        int[] order = [.. Enumerable.Range(0, all.Count)];
        new Random(TestShare).Shuffle(order);
        var tested = all.Count / TestShare;
        var (test, train) = (all.At([.. order[..tested].Order()]), all.At([.. order[tested..].Order()]));
        return test.Count > 0
            ? (train, test)
            : throw Invalid(
                all.Name, "examples", $"{all.Count}", $"There must be {TestShare} or more: one of {TestShare} is kept for the test.",
                "Give more, or others to test with.");
    }

    private static Contents Read(string path)
    {
        using var file = SafetensorsReader.Open(path);
        var inputs = file.Require(Inputs);
        CheckType(path, inputs);
        var shape = Shape(file, inputs);
        var bytes = inputs.Type == SafetensorsType.U8 ? file.ReadBytes(inputs) : [];
        var numbers = inputs.Type == SafetensorsType.U8 ? [] : file.ReadSingles(Inputs);
        if (NumberRules.FindFault(numbers) is >= 0 and var at)
            throw Invalid(path, $"{Inputs}[{at}]", $"{numbers[at]}", NumberRules.Rule, "Mend the examples.");
        var isLast = inputs.Shape.Length == 2 || IsLast(file);
        return new(
            path, shape, isLast ? bytes : ChannelsLast(bytes, shape), isLast ? numbers : ChannelsLast(numbers, shape),
            ReadLabels(file, inputs.Shape[0]));
    }

    private static void CheckType(string path, TensorInfo inputs)
    {
        var isNumber = inputs.Type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;
        if (isNumber || inputs.Type == SafetensorsType.U8) return;
        throw Invalid(
            path, Inputs, inputs.Description, "They must be bytes (U8), or the floating-point numbers that the network takes.",
            "Write inputs.astype(numpy.uint8) where they are pixels from 0 to 255, else inputs.astype(numpy.float32).");
    }

    private static ImageShape Shape(SafetensorsReader file, TensorInfo inputs)
    {
        const string Mend = "Write images [count, channels, rows, columns] or vectors [count, numbers].";
        var elements = inputs.Shape.Aggregate(1.0, (product, side) => product * side);
        if (elements is 0 or > DataFile.MaximumBytes)
            throw Invalid(file.Path, Inputs, inputs.Description, $"It must have 1 to {DataFile.MaximumBytes} elements.", Mend);
        return (inputs.Shape, IsLast(file)) switch
        {
            ([_, var numbers], _) => new(1, 1, (int)numbers),
            ([_, var height, var width, var channels], true) => new((int)height, (int)width, (int)channels),
            ([_, var channels, var height, var width], false) => new((int)height, (int)width, (int)channels),
            _ => throw Invalid(file.Path, Inputs, inputs.Description, "It must have two or four dimensions.", Mend),
        };
    }

    private static bool IsLast(SafetensorsReader file) => file.Metadata.GetValueOrDefault("layout", "NCHW") switch
    {
        "NCHW" => false,
        "NHWC" => true,
        var layout => throw Invalid(
            file.Path, "__metadata__.layout", layout, "It must be NCHW or NHWC.", "Say how the images lie, or leave it out: NCHW."),
    };

    private static byte[]? ReadLabels(SafetensorsReader file, long count)
    {
        const string Mend = "Write a class for each example, or leave the labels out.";
        if (file.Find(Labels) is not { } labels) return null;
        if (labels.Shape is not [var length] || length != count)
            throw Invalid(file.Path, Labels, labels.Description, $"It must have one dimension, of {count}.", Mend);
        var values = file.ReadIntegers(Labels);
        return Array.FindIndex(values, value => value is < 0 or >= Classes) is >= 0 and var wrong
            ? throw Invalid(file.Path, $"{Labels}[{wrong}]", $"{values[wrong]}", $"A class must be 0 to {Classes - 1}.", Mend)
            : Array.ConvertAll(values, value => (byte)value);
    }

    // From [count, channels, pixels] to [count, pixels, channels].
    private static T[] ChannelsLast<T>(T[] values, ImageShape shape)
    {
        var moved = new T[values.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            var (image, pixel, channel) = (i / shape.Count, i / shape.Channels % shape.Pixels, i % shape.Channels);
            moved[i] = values[image * shape.Count + channel * shape.Pixels + pixel];
        }

        return moved;
    }

    // Of each channel.
    private static ImmutableArray<(float Least, float Most)> Extremes(Contents contents)
    {
        var (channels, numbers) = (contents.Shape.Channels, contents.Numbers);
        var extremes = numbers[..channels].Select(number => (Least: number, Most: number)).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var extreme = ref extremes[i % channels];
            extreme = (Math.Min(extreme.Least, numbers[i]), Math.Max(extreme.Most, numbers[i]));
        }

        return [.. extremes];
    }

    private static string Kind(Contents contents) =>
        $"{contents.Shape}, {(contents.Numbers.Length > 0 ? "numbers" : "bytes")}, {(contents.Labels is null ? "no labels" : "labels")}";

    private static InvalidInputException Invalid(string path, string key, string value, string rule, string mend) =>
        new(path, key, value, rule, mend);
}
