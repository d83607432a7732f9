using LutDla.Golden.Safetensors;

namespace LutDla.Tests;

/// <summary>What a file says, to be changed and written again.</summary>
internal static class ArtefactContents
{
    public static (Dictionary<string, string> Metadata, TensorData[] Tensors) Read(string path)
    {
        using var file = SafetensorsReader.Open(path);
        return (new(file.Metadata), [.. file.Tensors.Select(t => new TensorData(t.Name, t.Type, t.Shape, file.ReadBytes(t)))]);
    }
}
