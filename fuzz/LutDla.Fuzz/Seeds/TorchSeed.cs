using LutDla.Golden.Safetensors;
using LutDla.Training.Tests.PyTorch;

namespace LutDla.Fuzz.Seeds;

/// <summary>Weights as torch.save writes them, in both of its forms.</summary>
internal static class TorchSeed
{
    private const string Magic = "\u008A\u000Al\u00FC\u009CF\u00F9 j\u00A8P\u0019";

    /// <summary>A zip archive with the tensors of a safetensors file.</summary>
    public static void Write(string weights, string path)
    {
        var (pickle, storages) = Contents(weights);
        var zip = new StoredZip().Add("archive/data.pkl", pickle).Add("archive/byteorder", "little"u8.ToArray());
        foreach (var (key, bytes) in storages)
            zip.Add($"archive/data/{key}", bytes);
        File.WriteAllBytes(path, zip.Add("archive/version", "3\n"u8.ToArray()).ToArray());
    }

    /// <summary>The form of before 1.6.</summary>
    public static void WriteLegacy(string weights, string path)
    {
        var (pickle, storages) = Contents(weights);
        byte[][] parts =
        [
            new PickleWriter().Raw(Magic).ToArray(), new PickleWriter().Integer(1001).ToArray(),
            new PickleWriter().Raw("}").Text("little_endian").Raw("\u0088s").ToArray(), pickle, new PickleWriter().Texts(storages.Select(s => s.Key)).ToArray(),
            .. storages.SelectMany(s => new[] { BitConverter.GetBytes(s.Bytes.Length / (long)sizeof(float)), s.Bytes }),
        ];
        File.WriteAllBytes(path, [.. parts.SelectMany(part => part)]);
    }

    private static (byte[] Pickle, (string Key, byte[] Bytes)[] Storages) Contents(string weights)
    {
        using var file = SafetensorsReader.Open(weights);
        SampleTensor[] tensors = [.. file.Tensors.Select((t, i) => new SampleTensor(
            t.Name, "FloatStorage", $"{i}", t.ElementCount, 0, [.. t.Shape], Strides([.. t.Shape])))];
        return (new PickleWriter().State(tensors).ToArray(), [.. file.Tensors.Select((t, i) => ($"{i}", file.ReadBytes(t)))]);
    }

    private static long[] Strides(long[] shape) => [.. shape.Select((_, i) => shape.Skip(i + 1).Aggregate(1L, (a, b) => a * b))];
}
