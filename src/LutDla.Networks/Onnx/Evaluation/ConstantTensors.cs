using static TorchSharp.torch;

namespace LutDla.Networks.Onnx.Evaluation;

/// <summary>Constants as tensors and back: single precision, or 64-bit integers.</summary>
internal static class ConstantTensors
{
    public static Tensor ToTensor(this ImportedConstant constant) => constant.IsInteger
        ? tensor(constant.Integers.ToArray(), [.. constant.Shape])
        : tensor(constant.Singles.ToArray(), [.. constant.Shape]);

    public static ImportedConstant ToConstant(this Tensor tensor)
    {
        using var whole = tensor.contiguous();
        // TorchSharp cannot copy a tensor without elements.
        if (tensor.numel() == 0)
            return tensor.dtype == ScalarType.Int64
                ? ImportedConstant.OfIntegers([.. tensor.shape], [])
                : ImportedConstant.OfSingles([.. tensor.shape], []);
        return tensor.dtype == ScalarType.Int64
            ? ImportedConstant.OfIntegers([.. tensor.shape], whole.data<long>().ToArray())
            : ImportedConstant.OfSingles([.. tensor.shape], whole.data<float>().ToArray());
    }
}
