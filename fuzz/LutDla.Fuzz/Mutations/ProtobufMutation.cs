using System.Buffers.Binary;
using System.Text;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes fields of a protocol buffer, however deep, so that all lengths around them stay right.</summary>
internal static class ProtobufMutation
{
    private static readonly string[] Operators = ["Conv", "Gemm", "MatMul", "Relu", "Sqrt", "Exp", "Pow", "Div", "Mul", "Add", "Sub", "Concat", "Reshape", "Slice",
        "Gather", "Squeeze", "Unsqueeze", "Transpose", "Softmax", "Clip", "LeakyRelu", "MaxPool", "AveragePool", "ReduceMean", "BatchNormalization",
        "LayerNormalization", "Flatten", "Identity", "Dropout", "Cast", "Constant", "ConstantOfShape", "Shape", "Sigmoid", "Tanh", "Erf", "Neg", "Reciprocal", "Gelu"];

    /// <exception cref="FormatException">It is no protocol buffer.</exception>
    public static byte[] Apply(byte[] file, Random random)
    {
        var root = ProtobufNode.Parse(file) ?? throw new FormatException("This is no protocol buffer.");
        var owner = Hostile.Pick(random, [.. root.WithAllBelow().Where(n => n.Children.Count > 0)]);
        var at = random.Next(owner.Children.Count);
        switch (random.Next(7))
        {
            case 0:
                owner.Children.RemoveAt(at);
                break;
            case 1:
                owner.Children.Insert(at, owner.Children[at]);
                break;
            case 2:
                var other = random.Next(owner.Children.Count);
                (owner.Children[at], owner.Children[other]) = (owner.Children[other], owner.Children[at]);
                break;
            default:
                owner.Children[at] = Changed(owner.Children[at], random);
                break;
        }

        return root.ToArray();
    }

    private static ProtobufNode Changed(ProtobufNode node, Random random) => node.Wire switch
    {
        0 => node with { Number = random.Next(3) == 0 ? (ulong)random.Next(0, 24) : BitConverter.ToUInt64(BitConverter.GetBytes(Hostile.Integer(random))) },
        5 => node with { Number = BitConverter.SingleToUInt32Bits((float)Hostile.Real(random)) },
        1 => node with { Number = BitConverter.DoubleToUInt64Bits(Hostile.Real(random)) },
        _ => node with { Bytes = ChangedBytes(node.ToBytes(), random), Children = [] },
    };

    private static byte[] ChangedBytes(byte[] bytes, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return [];
            case 1:
                return Encoding.UTF8.GetBytes(Hostile.Text(random));
            case 2:
                return Encoding.UTF8.GetBytes(Hostile.Pick(random, Operators));
            case 3 when bytes.Length >= sizeof(float):
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(random.Next(bytes.Length / 4) * 4, 4), (float)Hostile.Real(random));
                return bytes;
            case 4 when bytes.Length >= sizeof(long):
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(random.Next(bytes.Length / 8) * 8, 8), Hostile.Integer(random));
                return bytes;
            default:
                return ByteMutation.Apply(bytes, random);
        }
    }
}
