using System.Collections.Immutable;

namespace LutDla.Networks.Onnx.Format;

/// <summary>Reads what an ONNX file says of inputs and outputs (ValueInfoProto, TypeProto, TensorShapeProto).</summary>
internal static class ValueInfoReader
{
    public static OnnxValueInfo Read(MessageReader message)
    {
        var value = new OnnxValueInfo("", null, default);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: value = value with { Name = message.Text() }; break;
                case 2: value = Type(message.Message(), value); break;
                default: message.Skip(); break;
            }
        }

        return value;
    }

    private static OnnxValueInfo Type(MessageReader message, OnnxValueInfo value)
    {
        while (message.Next())
        {
            if (message.Field == 1)
                value = TensorType(message.Message(), value);
            else
                message.Skip();
        }

        return value;
    }

    private static OnnxValueInfo TensorType(MessageReader message, OnnxValueInfo value)
    {
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: value = value with { ElementType = OnnxElementTypes.Find(message.Integer()) }; break;
                case 2: value = value with { Dimensions = Shape(message.Message(), value.Name) }; break;
                default: message.Skip(); break;
            }
        }

        return value;
    }

    private static ImmutableArray<OnnxDimension> Shape(MessageReader message, string name)
    {
        var dimensions = ImmutableArray.CreateBuilder<OnnxDimension>();
        while (message.Next())
        {
            if (message.Field == 1)
                dimensions.Add(Dimension(message.Message()));
            else
                message.Skip();
        }

        return dimensions.Count <= OnnxLimits.Rank
            ? dimensions.ToImmutable()
            : throw new OnnxFormatException(name, $"{dimensions.Count} dimensions", $"It may have at most {OnnxLimits.Rank} dimensions.");
    }

    private static OnnxDimension Dimension(MessageReader message)
    {
        var dimension = new OnnxDimension(null, "");
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: dimension = new OnnxDimension(message.Integer(), ""); break;
                case 2: dimension = new OnnxDimension(null, message.Text()); break;
                default: message.Skip(); break;
            }
        }

        return dimension;
    }
}
