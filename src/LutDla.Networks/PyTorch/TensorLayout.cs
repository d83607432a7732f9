using System.Collections.Immutable;

namespace LutDla.Networks.PyTorch;

/// <summary>Where the elements of a tensor lie in its storage. Every element is known to lie inside.</summary>
internal sealed class TensorLayout
{
    private readonly TorchTensor _tensor;
    private readonly ImmutableArray<long> _strides;

    private TensorLayout(TorchTensor tensor, long count)
    {
        // Where there is one step or none, its length means nothing and may be anything.
        (_tensor, Count, _strides) = (tensor, count, [.. tensor.Strides.Select((stride, d) => tensor.Shape[d] > 1 ? stride : 0)]);
    }

    /// <summary>Elements of the tensor; at most those of its storage.</summary>
    public long Count { get; }

    /// <exception cref="PyTorchFormatException">Sides, strides or offset are negative or lead out of the storage.</exception>
    public static TensorLayout Of(string name, TorchTensor tensor)
    {
        if (tensor.Shape.Any(side => side < 0))
            throw Fault(name, "shape", tensor.Shape, "Sides must not be negative.");
        if (tensor.Strides.Length != tensor.Shape.Length || tensor.Strides.Any(stride => stride < 0))
            throw Fault(name, "strides", tensor.Strides, $"They must be {tensor.Shape.Length} numbers, none of them negative.");
        var available = tensor.Storage.Count;
        if (tensor.Offset < 0 || tensor.Offset > available)
            throw new PyTorchFormatException($"{name}.offset", $"{tensor.Offset}", $"It must lie in the storage of {available} elements.");
        if (tensor.Shape.Contains(0))
            return new TensorLayout(tensor, 0);
        CheckLast(name, tensor);
        return new TensorLayout(tensor, ElementCount(name, tensor));
    }

    /// <summary>[Count], row-major.</summary>
    /// <param name="storage">The bytes of the whole storage.</param>
    public float[] Read(ReadOnlySpan<byte> storage)
    {
        var values = new float[Count];
        var place = new long[_strides.Length];
        var element = _tensor.Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _tensor.Storage.Type.Decode(storage, checked((int)element));
            element = Step(element, place);
        }

        return values;
    }

    // To the next element, row-major; place counts the steps made in each dimension.
    private long Step(long element, long[] place)
    {
        for (var d = place.Length - 1; d >= 0; d--)
        {
            if (++place[d] < _tensor.Shape[d])
                return element + _strides[d];
            element -= (_tensor.Shape[d] - 1) * _strides[d];
            place[d] = 0;
        }

        return element;
    }

    // 128 bits hold any side times any stride, and the sum stays below the storage's size after each.
    private static void CheckLast(string name, TorchTensor tensor)
    {
        Int128 last = tensor.Offset;
        for (var d = 0; d <= tensor.Shape.Length; d++)
        {
            if (last >= tensor.Storage.Count)
                throw Fault(name, "strides", tensor.Strides, $"They lead out of the storage of {tensor.Storage.Count} elements.");
            if (d < tensor.Shape.Length)
                last += (Int128)(tensor.Shape[d] - 1) * tensor.Strides[d];
        }
    }

    private static long ElementCount(string name, TorchTensor tensor)
    {
        Int128 count = 1;
        foreach (var side in tensor.Shape)
        {
            count *= side;
            if (count > tensor.Storage.Count)
            {
                throw Fault(name, "shape", tensor.Shape,
                    $"It may have at most the {tensor.Storage.Count} elements of its storage; save expanded ones as tensor.contiguous().");
            }
        }

        return (long)count;
    }

    private static PyTorchFormatException Fault(string name, string part, ImmutableArray<long> values, string rule) =>
        new($"{name}.{part}", $"[{string.Join(", ", values)}]", rule);
}
