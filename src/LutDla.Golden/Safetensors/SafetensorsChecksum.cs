using System.Security.Cryptography;
using System.Text;
using LutDla.Boundary;

namespace LutDla.Golden.Safetensors;

/// <summary>
/// A checksum of all that a file says, kept among its metadata: SHA-256 of the other metadata, in the order of their keys, and of the
/// tensors, in the order of their names, however the file arranges them (docs/artefact.md).
/// </summary>
public static class SafetensorsChecksum
{
    /// <summary>The key under which the metadata hold it, 64 digits.</summary>
    public const string Key = "sha256";

    /// <summary>The metadata with the checksum.</summary>
    public static IReadOnlyDictionary<string, string> Seal(
        IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorData> tensors)
    {
        var sealedMetadata = new Dictionary<string, string>(metadata, StringComparer.Ordinal);
        sealedMetadata[Key] = Of(sealedMetadata, tensors.OrderBy(t => t.Name, StringComparer.Ordinal));
        return sealedMetadata;
    }

    /// <summary>Refuses a file that was changed after it was sealed, or never was.</summary>
    /// <param name="mend">What to do about it.</param>
    /// <exception cref="InvalidInputException">The checksum is missing, or that of something else.</exception>
    public static void Check(SafetensorsReader file, string mend)
    {
        const string Place = $"__metadata__.{Key}";
        if (!file.Metadata.TryGetValue(Key, out var said))
            throw new InvalidInputException(file.Path, Place, "missing", "The file must carry a checksum of what it holds.", mend);
        var tensors = file.Tensors.OrderBy(t => t.Name, StringComparer.Ordinal);
        var found = Of(file.Metadata, tensors.Select(t => new TensorData(t.Name, t.Type, t.Shape, file.ReadBytes(t))));
        if (said != found)
            throw new InvalidInputException(
                file.Path, Place, said, $"What the file holds has the checksum {found}: it was changed or damaged.", mend);
    }

    // Tensors come in order, and each is there only while it is looked at.
    private static string Of(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorData> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.Where(m => m.Key != Key).OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Append(key);
            Append(value);
        }

        foreach (var tensor in tensors)
        {
            Append(tensor.Name);
            Append($"{tensor.Type.Name()} [{string.Join(", ", tensor.Shape)}]");
            hash.AppendData(tensor.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // The zero keeps one text from running into the next.
        void Append(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\0'));
    }
}
