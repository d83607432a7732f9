using System.Collections.Immutable;
using System.IO.Compression;
using LutDla.Boundary;

namespace LutDla.Networks.PyTorch;

/// <summary>
/// Reads the weights in files of torch.save, legacy and zip. The pickle in them is a program; here it can make dictionaries, lists,
/// numbers and tensors, and nothing else: names are compared with a list, and no code runs.
/// </summary>
public static class PyTorchFile
{
    private const string Mend = "Save the weights again with torch.save(model.state_dict(), path), or check that the file arrived whole.";
    private const int LongestText = 200;

    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>
    /// The state dict of a file, in its order: the object itself, or what it holds under <c>state_dict</c>, <c>model_state_dict</c> or
    /// <c>model</c>. Double precision and integers are rounded to single precision. A prefix <c>module.</c> of all names is removed.
    /// </summary>
    /// <exception cref="InvalidInputException">The file is missing, cut, too large, names code, or breaks a rule of the format.</exception>
    public static ImmutableArray<PyTorchTensor> Read(string path)
    {
        try
        {
            using var stream = InputFile.Open(path);
            return IsZip(stream) ? ReadZip(stream) : ReadTensors(LegacyContainer.Open(stream), stream.Length);
        }
        catch (PyTorchFormatException e)
        {
            throw new InvalidInputException(path, Printable(e.Key), Printable(e.Value), e.Rule, Mend);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(path, "archive", "not readable", e.Message, Mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of a PyTorch weight file.");
        }
    }

    private static bool IsZip(FileStream stream)
    {
        Span<byte> start = stackalloc byte[ZipMagic.Length];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == start.Length && start.SequenceEqual(ZipMagic);
    }

    private static ImmutableArray<PyTorchTensor> ReadZip(FileStream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return ReadTensors(ZipContainer.Open(archive, stream.Length), stream.Length);
    }

    private static ImmutableArray<PyTorchTensor> ReadTensors(IWeightContainer container, long fileBytes)
    {
        var loader = new TensorLoader(container, fileBytes);
        return [.. StateDict.Find(container.Root).Select(entry => loader.Load(entry.Name, entry.Tensor))];
    }

    // A hostile name may be megabytes long, or hold what a terminal obeys.
    private static string Printable(string text)
    {
        var start = text.Length <= LongestText ? text : text[..LongestText] + "...";
        return string.Concat(start.Select(c => char.IsControl(c) ? '?' : c));
    }
}
