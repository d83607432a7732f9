using System.Globalization;
using LutDla.Boundary;

namespace LutDla.Networks.Onnx.Format;

/// <summary>
/// Data of tensors in files of their own. A model comes from outside and must not make us read other files than those that came with it:
/// the place must lie in the model's folder, and no part of the way there may be a link.
/// </summary>
internal static class ExternalData
{
    /// <param name="entries">location, and perhaps offset and length, in bytes.</param>
    /// <param name="expectedBytes">What the shape needs; more is never read.</param>
    /// <exception cref="OnnxFormatException">The place is not allowed, not there, or of another length.</exception>
    public static byte[] Read(string folder, string tensor, Dictionary<string, string> entries, long expectedBytes)
    {
        var location = entries.GetValueOrDefault("location", "");
        var path = Resolve(folder, tensor, location);
        var offset = Number(tensor, entries, "offset", 0);
        var length = Number(tensor, entries, "length", expectedBytes);
        if (length != expectedBytes)
            throw new OnnxFormatException(tensor, $"external data of {length} bytes", $"Its shape needs {expectedBytes} bytes.");

        using var stream = InputFile.Open(path);
        if (offset > stream.Length - length || length > Array.MaxLength)
        {
            throw new OnnxFormatException(
                tensor, $"{length} bytes from {offset} on, of {location}", $"They must lie in the file, which has {stream.Length} bytes.");
        }

        return ModelFile.ReadAt(stream, offset, (int)length);
    }

    private static string Resolve(string folder, string tensor, string location)
    {
        var parts = location.Split('/', '\\');
        if (location.Length == 0 || Path.IsPathRooted(location)
            || parts.Any(part => part is "" or "." or ".." || part.Contains(':', StringComparison.Ordinal)))
            throw new OnnxFormatException(tensor, $"external data in {location}", "It must be a path inside the model's folder.");
        var path = folder;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                throw new OnnxFormatException(
                    tensor, $"external data in {location}", "It must lie in the model's folder, not behind a link.");
        }

        return File.Exists(path)
            ? path
            : throw new OnnxFormatException(tensor, $"external data in {location}", "The file must lie in the model's folder.");
    }

    private static long Number(string tensor, Dictionary<string, string> entries, string key, long missing)
    {
        if (!entries.TryGetValue(key, out var text))
            return missing;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new OnnxFormatException(tensor, $"{key} {text}", "It must be a number of bytes, zero or more.");
    }
}
