using LutDla.Golden.Safetensors;
using static TorchSharp.torch;

namespace LutDla.Networks.Files;

/// <summary>Torch tensors as safetensors and back; F32 only.</summary>
internal static class TensorBytes
{
    public static TensorData Encode(string name, Tensor tensor)
    {
        using var whole = tensor.detach().contiguous();
        return TensorData.FromSingles(name, [.. tensor.shape], whole.data<float>().ToArray());
    }

    /// <summary>
    /// The tensor <paramref name="name"/> of <paramref name="file"/>, copied into <paramref name="target"/> of the same shape.
    /// </summary>
    public static void Restore(SafetensorsReader file, string name, Tensor target)
    {
        var expected = $"F32 [{string.Join(", ", target.shape)}]";
        var found = file.Find(name)?.Description ?? "missing";
        if (found != expected)
            throw new Boundary.InvalidInputException(
                file.Path, name, found, $"It must be {expected}.", "Delete the checkpoint and start again.");
        using var noGradient = no_grad();
        using var values = tensor(file.ReadSingles(name), target.shape);
        target.copy_(values);
    }
}
