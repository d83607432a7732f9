using System.Runtime.InteropServices;
using LutDla.Benchmarks.Onnx;

namespace LutDla.Training.Tests.Onnx;

/// <summary>Writes ONNX models node by node; the numbers are those of the fields in onnx.proto.</summary>
internal sealed class ModelBuilder(long operatorSet)
{
    /// <summary>An attribute that is 0, of which some writers leave the number out.</summary>
    /// <param name="Kind">1 for a number of single precision, 2 for a whole one.</param>
    public sealed record OmittedZero(int Kind);

    private readonly ProtoMessage _graph = new ProtoMessage().Add(2, "test");
    private int _seed;

    /// <param name="sides">An integer, or a name for an open side.</param>
    public ModelBuilder Input(string name, params object[] sides) => TypedInput(name, 1, sides);

    /// <param name="type">As ONNX numbers element types.</param>
    /// <inheritdoc cref="Input"/>
    public ModelBuilder TypedInput(string name, int type, params object[] sides)
    {
        _graph.Add(11, Value(name, type, sides));
        return this;
    }

    public ModelBuilder Output(string name)
    {
        _graph.Add(12, new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, 1))));
        return this;
    }

    /// <summary>Seeded weights from -1 to 1.</summary>
    public ModelBuilder Weights(string name, params long[] shape) => Singles(name, shape, Onnx.Values.Random(++_seed, shape).Singles);

    /// <summary>Seeded numbers from 0.5 to 1.5.</summary>
    public ModelBuilder Positive(string name, params long[] shape)
    {
        var values = Onnx.Values.Random(++_seed, shape).Singles.ToArray();
        return Singles(name, shape, Array.ConvertAll(values, value => 1 + value / 2));
    }

    public ModelBuilder Number(string name, float value) => Singles(name, [], [value]);

    public ModelBuilder Singles(string name, long[] shape, ReadOnlySpan<float> values)
    {
        _graph.Add(5, Tensor(name, 1, shape, MemoryMarshal.AsBytes(values)));
        return this;
    }

    public ModelBuilder Integers(string name, params long[] values)
    {
        _graph.Add(5, Tensor(name, 7, [values.Length], MemoryMarshal.AsBytes<long>(values)));
        return this;
    }

    public ModelBuilder Integer(string name, long value)
    {
        _graph.Add(5, Tensor(name, 7, [], MemoryMarshal.AsBytes<long>([value])));
        return this;
    }

    /// <summary>A node that is called node_ and its output, or has no name where it has several outputs.</summary>
    /// <param name="inputs">Separated by spaces; - is one left out.</param>
    /// <param name="outputs">The same.</param>
    public ModelBuilder Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Add(1, new ProtoMessage()
            .AddEach(Names(inputs), (message, input) => message.Add(1, input))
                .AddEach(Names(outputs), (message, output) => message.Add(2, output))
            .Add(3, outputs.Contains(' ', StringComparison.Ordinal) ? "" : $"node_{outputs}").Add(4, type)
            .AddEach(attributes, (message, attribute) => message.Add(5, Attribute(attribute.Name, attribute.Value))));
        return this;
    }

    public ModelBuilder Raw(int field, ProtoMessage message)
    {
        _graph.Add(field, message);
        return this;
    }

    public byte[] ToArray() => new ProtoMessage().Add(1, 8).Add(7, _graph).Add(8, new ProtoMessage().Add(2, operatorSet)).ToArray();

    public static ProtoMessage Tensor(string name, long type, long[] shape, ReadOnlySpan<byte> bytes) => new ProtoMessage()
        .AddEach(shape, (message, side) => message.Add(1, side)).Add(2, type).Add(8, name).Add(9, bytes);

    private static IEnumerable<string> Names(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "-" ? "" : name);

    private static ProtoMessage Value(string name, int type, object[] sides)
    {
        var shape = new ProtoMessage().AddEach(sides, (message, side) => message.Add(1, side is string open
            ? new ProtoMessage().Add(2, open)
            : new ProtoMessage().Add(1, Convert.ToInt64(side, null))));
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, type).Add(2, shape)));
    }

    private static ProtoMessage Attribute(string name, object value)
    {
        var message = new ProtoMessage().Add(1, name);
        return value switch
        {
            float number => message.Add(2, number).Add(20, 1),
            int number => message.Add(3, number).Add(20, 2),
            string text => message.Add(4, text).Add(20, 3),
            ProtoMessage tensor => message.Add(5, tensor).Add(20, 4),
            OmittedZero zero => message.Add(20, zero.Kind),
            int[] list => message.AddEach(list, (m, number) => m.Add(8, number)).Add(20, 7),
            _ => throw new ArgumentException($"No attribute is made of {value.GetType().Name}.", nameof(value)),
        };
    }
}
