using LutDla.Boundary;

namespace LutDla.Networks.Files;

/// <summary>What kind of file weights come in.</summary>
public enum WeightFormat
{
    /// <summary>Tensors by name with metadata: networks of <c>lutdla train</c>, decoders of the Llama family, published weights.</summary>
    Safetensors,

    /// <summary>A graph with its weights.</summary>
    Onnx,

    /// <summary>What torch.save writes, as archive or in the form before that.</summary>
    PyTorch,
}

/// <summary>Tells the formats apart.</summary>
internal static class WeightFormats
{
    /// <summary>By what is in the file. Where that says nothing its name does, so that a broken file is told what it lacks.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or is of a known format that holds no weights as they are
    /// read.</exception>
    public static WeightFormat Of(string path)
    {
        try
        {
            using var stream = InputFile.Open(path);
            return FileFormats.Of(stream) switch
            {
                FileFormat.Safetensors => WeightFormat.Safetensors,
                FileFormat.Onnx => WeightFormat.Onnx,
                FileFormat.TorchArchive or FileFormat.Pickle => WeightFormat.PyTorch,
                { } other => throw other.Wrong(path, "Weights come as ONNX, as safetensors, or as torch.save writes them."),
                null => ByExtension(path),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of a file of weights.");
        }
    }

    private static WeightFormat ByExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".onnx" => WeightFormat.Onnx,
        ".th" or ".pt" or ".pth" => WeightFormat.PyTorch,
        _ => WeightFormat.Safetensors,
    };
}
