using System.Buffers.Binary;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Networks.Data;

/// <summary>
/// Sequences of tokens from a folder: <c>PART_tokens_u16le.bin</c>, all tokens in 16 bits, little-endian, and <c>PART_lengths.json</c> with
/// the length of each sequence under <c>lengths</c>. PART is <c>calib</c> for training, <c>eval</c> for tests.
/// </summary>
public static class TokenFolder
{
    /// <summary>Lists in memory are several times as large as their text.</summary>
    private const int MaximumLengthBytes = 64 << 20;

    private const string Mend = "Give a folder whose two files were written together, for the vocabulary of this network.";

    /// <summary>Reads one part of a folder.</summary>
    /// <param name="vocabulary">How many different tokens the network knows.</param>
    /// <param name="longest">Tokens that it takes at most.</param>
    /// <exception cref="InvalidInputException">
    /// A file is missing or broken, lengths and tokens disagree, or a token or length is out of range.
    /// </exception>
    public static TokenData Read(string folder, DatasetPart part, int vocabulary, int longest)
    {
        var prefix = part == DatasetPart.Train ? "calib" : "eval";
        var (tokenPath, lengthPath) = (Path.Combine(folder, $"{prefix}_tokens_u16le.bin"), Path.Combine(folder, $"{prefix}_lengths.json"));
        var tokens = Tokens(tokenPath, vocabulary);
        var lengths = Lengths(lengthPath, longest);
        var total = lengths.Sum(length => (long)length);
        if (total != tokens.Length)
            throw new InvalidInputException(tokenPath, "tokens", $"{tokens.Length}", $"The lengths in {lengthPath} need {total}.", Mend);
        var starts = new int[lengths.Length + 1];
        for (var i = 0; i < lengths.Length; i++) starts[i + 1] = starts[i] + lengths[i];
        return new TokenData
        {
            Name = $"{Path.GetFileName(Path.GetFullPath(folder))}-{prefix}", Vocabulary = vocabulary, Tokens = [.. tokens],
            Starts = [.. starts],
            Classes = vocabulary,
        };
    }

    /// <summary>Both parts of a folder, whose tokens are the vocabulary.</summary>
    /// <param name="longest">Tokens that a sequence may have.</param>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static (TokenData Train, TokenData Test) ReadBoth(string folder, int longest)
    {
        var (train, test) = (Read(folder, DatasetPart.Train, 1 << 16, longest), Read(folder, DatasetPart.Test, 1 << 16, longest));
        var vocabulary = Math.Max(2, Math.Max(train.Tokens.Max(), test.Tokens.Max()) + 1);
        return (train with { Vocabulary = vocabulary, Classes = vocabulary }, test with { Vocabulary = vocabulary, Classes = vocabulary });
    }

    private static int[] Tokens(string path, int vocabulary)
    {
        var bytes = Bytes(path, (int)DataFile.MaximumBytes);
        if (bytes.Length % sizeof(ushort) != 0 || bytes.Length == 0)
            throw new InvalidInputException(path, "bytes", $"{bytes.Length}", "Each token has 2 bytes, and there must be one.", Mend);
        var tokens = new int[bytes.Length / sizeof(ushort)];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)));
            if (tokens[i] >= vocabulary)
                throw new InvalidInputException(path, $"token {i}", $"{tokens[i]}", $"It must be 0 to {vocabulary - 1}.", Mend);
        }

        return tokens;
    }

    private static int[] Lengths(string path, int longest)
    {
        int[] lengths;
        try
        {
            using var json = JsonDocument.Parse(Bytes(path, MaximumLengthBytes));
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("lengths", out var list))
            {
                throw new InvalidInputException(
                    path, "lengths", "missing", "It must say how many tokens each sequence has.",
                    """Write an object such as { "lengths": [12, 7] }.""");
            }

            lengths = [.. list.EnumerateArray().Select(length => length.GetInt32())];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException(path, "lengths", "not readable", $"It must be a list of whole numbers: {e.Message}", Mend);
        }

        // A sequence of one token has nothing to predict.
        var wrong = Array.FindIndex(lengths, length => length < 2 || length > longest);
        if (wrong >= 0)
            throw new InvalidInputException(path, $"lengths[{wrong}]", $"{lengths[wrong]}", $"It must be 2 to {longest}.", Mend);
        return lengths.Length > 0 ? lengths : throw new InvalidInputException(path, "lengths", "none", "There must be a sequence.", Mend);
    }

    private static byte[] Bytes(string path, int maximumBytes)
    {
        try
        {
            return InputFile.Find(path, maximumBytes)
                ?? throw new InvalidInputException(path, "file", "too large", $"It may have {maximumBytes} bytes.", Mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, Mend);
        }
    }
}
