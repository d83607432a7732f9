using System.Globalization;
using System.Runtime.InteropServices;
using LutDla.Benchmarks.Onnx;

namespace LutDla.Fuzz.Seeds;

/// <summary>Small classifiers in ONNX; the numbers are those of the fields in onnx.proto.</summary>
internal static class OnnxSeed
{
    /// <summary>Convolution, normalisation, pooling, linear layer.</summary>
    public static byte[] Network(int side, int classes) => Model(
        side,
        [
            Weights("w1", 4, 1, 3, 3), Weights("b1", 4), Weights("scale", 4), Weights("shift", 4), Weights("mean", 4), Weights("variance", 4),
            Weights("w2", classes, 4), Weights("b2", classes),
        ],
        [
            Node("Conv", "x w1 b1", "c", ("pads", "1, 1, 1, 1"), ("strides", "2, 2")),
            Node("BatchNormalization", "c scale shift mean variance", "n"), Node("Relu", "n", "r"),
            Node("MaxPool", "r", "p", ("kernel_shape", "2, 2"), ("strides", "2, 2")), Node("GlobalAveragePool", "p", "g"),
            Node("Flatten", "g", "f"), Node("Gemm", "f w2 b2", "y", ("transB", 1)),
        ]);

    /// <summary>Functions of values, branches, shapes that are computed.</summary>
    public static byte[] Functions(int side, int classes) => Model(
        side,
        [
            Weights("w1", 4, 1, 3, 3), Weights("w2", 4, 4, 1, 1), Weights("half", 1), Weights("w3", classes, 8 * (side / 4) * (side / 4)),
            Integers("flat", -1),
        ],
        [
            Node("Conv", "x w1", "c", ("auto_pad", "=SAME_UPPER"), ("strides", "4, 4")), Node("Sigmoid", "c", "s"), Node("Mul", "c s", "m"),
            Node("Mul", "m half", "a"), Node("Conv", "a w2", "d"), Node("Tanh", "d", "t"), Node("Add", "t a", "u"),
            Node("Concat", "t u", "v", ("axis", 1)), Node("Shape", "v", "shape"), Node("Slice", "shape first last", "batch"),
            Node("Concat", "batch flat", "target", ("axis", 0)), Node("Reshape", "v target", "f"), Node("Gemm", "f w3", "y", ("transB", 1)),
        ],
        Integers("first", 0), Integers("last", 1));

    private static byte[] Model(int side, ProtoMessage[] constants, ProtoMessage[] nodes, params ProtoMessage[] more)
    {
        var graph = new ProtoMessage().AddEach(nodes, (m, node) => m.Add(1, node)).Add(2, "seed")
            .AddEach(constants.Concat(more), (m, constant) => m.Add(5, constant))
            .Add(11, Value("x", 1, 1, side, side)).Add(12, Value("y"));
        return new ProtoMessage().Add(1, 8).Add(7, graph).Add(8, new ProtoMessage().Add(2, 13)).ToArray();
    }

    private static ProtoMessage Weights(string name, params long[] shape)
    {
        var random = new Random(name.Length);
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => 0.2f + random.NextSingle())];
        return Tensor(name, 1, shape, MemoryMarshal.AsBytes<float>(values));
    }

    private static ProtoMessage Integers(string name, params long[] values) => Tensor(name, 7, [values.Length], MemoryMarshal.AsBytes<long>(values));

    private static ProtoMessage Tensor(string name, long type, long[] shape, ReadOnlySpan<byte> bytes) =>
        new ProtoMessage().AddEach(shape, (m, each) => m.Add(1, each)).Add(2, type).Add(8, name).Add(9, bytes);

    private static ProtoMessage Value(string name, params long[] shape)
    {
        var sides = new ProtoMessage().AddEach(shape, (m, each) => m.Add(1, new ProtoMessage().Add(1, each)));
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, 1).Add(2, sides)));
    }

    private static ProtoMessage Node(string type, string inputs, string output, params (string Name, object Value)[] attributes) => new ProtoMessage()
        .AddEach(inputs.Split(' '), (m, input) => m.Add(1, input)).Add(2, output).Add(3, $"node_{output}").Add(4, type)
        .AddEach(attributes, (m, attribute) => m.Add(5, Attribute(attribute.Name, attribute.Value)));

    // A text begins with =; else it is a list of numbers.
    private static ProtoMessage Attribute(string name, object value)
    {
        var message = new ProtoMessage().Add(1, name);
        return value switch
        {
            int number => message.Add(3, number).Add(20, 2),
            string text when text.StartsWith('=') => message.Add(4, text[1..]).Add(20, 3),
            string list => message.AddEach(list.Split(", "), (m, number) => m.Add(8, long.Parse(number, CultureInfo.InvariantCulture))).Add(20, 7),
            _ => throw new ArgumentException($"No attribute is made of {value.GetType().Name}.", nameof(value)),
        };
    }
}
