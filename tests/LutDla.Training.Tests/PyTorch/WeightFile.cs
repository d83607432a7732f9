using System.Runtime.InteropServices;
using LutDla.Networks.PyTorch;

namespace LutDla.Training.Tests.PyTorch;

/// <summary>A storage to be written: key, elements, little-endian bytes.</summary>
internal sealed record SampleStorage(string Key, long Count, byte[] Bytes)
{
    /// <summary>Storage 0: the numbers from 0 to 5.</summary>
    public static SampleStorage Six { get; } = Of("0", 0f, 1f, 2f, 3f, 4f, 5f);

    public static SampleStorage Of<T>(string key, params ReadOnlySpan<T> values)
        where T : unmanaged => new(key, values.Length, MemoryMarshal.AsBytes(values).ToArray());
}

/// <summary>Weight files as torch.save writes them, byte by byte.</summary>
internal static class WeightFile
{
    public const string Magic = "\u008A\u000Al\u00FC\u009CF\u00F9 j\u00A8P\u0019";

    /// <summary>Of the system: a dictionary that says that it is little-endian.</summary>
    public static byte[] System { get; } = new PickleWriter().Raw("}").Text("little_endian").Raw("\u0088s").ToArray();

    /// <summary>The bytes before the object.</summary>
    public static byte[] LegacyStart { get; } =
        [.. new PickleWriter().Raw(Magic).ToArray(), .. new PickleWriter().Integer(1001).ToArray(), .. System];

    public static byte[] Legacy(byte[] pickle, params SampleStorage[] storages)
    {
        var keys = new PickleWriter().Texts(storages.Select(storage => storage.Key)).ToArray();
        var data = storages.SelectMany(storage => BitConverter.GetBytes(storage.Count).Concat(storage.Bytes));
        return [.. LegacyStart, .. pickle, .. keys, .. data];
    }

    public static byte[] Zip(byte[] pickle, params SampleStorage[] storages) => ZipWith(pickle, storages).ToArray();

    public static StoredZip ZipWith(byte[] pickle, params SampleStorage[] storages)
    {
        var zip = new StoredZip().Add("archive/data.pkl", pickle).Add("archive/byteorder", "little"u8.ToArray());
        foreach (var storage in storages) zip.Add($"archive/data/{storage.Key}", storage.Bytes);
        return zip.Add("archive/version", "3\n"u8.ToArray());
    }

    public static byte[] Of(bool zip, byte[] pickle, params SampleStorage[] storages) =>
        zip ? Zip(pickle, storages) : Legacy(pickle, storages);

    public static IReadOnlyList<PyTorchTensor> Read(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return PyTorchFile.Read(folder.Write("weights.pt", file));
    }
}
