using System.Collections.Immutable;
using System.Text;
using LutDla.Boundary;

namespace LutDla.Networks.Data;

/// <summary>
/// Labelled texts from a folder: <c>train.csv</c> and <c>test.csv</c>, each with the header <c>text,category</c> and a line a text.
/// Vocabulary and categories follow from the training texts alone.
/// </summary>
public static class TextFolder
{
    /// <summary>Tokens of a text that are read: longer texts are cut.</summary>
    public const int Longest = 128;

    /// <summary>Rarer words tell nothing that could be learnt.</summary>
    private const int MinimumCount = 2;

    /// <summary>Bytes of a file, unpacked. Every text and word of it becomes an object.</summary>
    private const int MaximumBytes = 64 << 20;

    private const int MaximumTexts = 1_000_000;

    private const string Header = "text,category";

    private const string Mend = "Give a folder with train.csv and test.csv of one data set.";

    /// <summary>Reads one part of a folder.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or broken, or a test text has a category that no training text has.
    /// </exception>
    public static TokenData Read(string folder, DatasetPart part)
    {
        var train = Rows(Path.Combine(folder, "train.csv"));
        var vocabulary = WordVocabulary.Of(train.Select(row => row.Text), MinimumCount);
        string[] categories = [.. train.Select(row => row.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var path = Path.Combine(folder, part == DatasetPart.Train ? "train.csv" : "test.csv");
        var rows = part == DatasetPart.Train ? train : Rows(path);
        var (tokens, starts, labels) = (new List<int>(), new List<int> { 0 }, new List<int>());
        foreach (var (text, category, line) in rows)
        {
            var label = Array.BinarySearch(categories, category, StringComparer.Ordinal);
            if (label < 0)
                throw new InvalidInputException(path, $"category in line {line}", category, "A training text must have it, too.", Mend);
            tokens.AddRange(vocabulary.Tokens(text, Longest));
            starts.Add(tokens.Count);
            labels.Add(label);
        }

        return new TokenData
        {
            Name = $"{Path.GetFileName(Path.GetFullPath(folder))}-{Path.GetFileNameWithoutExtension(path)}", Vocabulary = vocabulary.Count,
            Tokens = [.. tokens],
            Starts = [.. starts], Labels = [.. labels], Classes = categories.Length, Unknown = WordVocabulary.Unknown,
        };
    }

    private static ImmutableArray<(string Text, string Category, int Line)> Rows(string path)
    {
        using var reader = new StreamReader(new MemoryStream(DataFile.Whole(path, MaximumBytes)), Encoding.UTF8);
        var header = reader.ReadLine();
        if (header != Header) throw new InvalidInputException(path, "line 1", header ?? "missing", $"It must be {Header}.", Mend);
        var rows = ImmutableArray.CreateBuilder<(string, string, int)>();
        var number = 1;
        while (Record(reader, path, ref number) is { } fields)
        {
            if (fields.Count != 2 || fields[1].Length == 0)
                throw new InvalidInputException(
                    path, $"line {number}", $"{fields.Count} fields", "It must have a text and a category.", Mend);
            if (rows.Count == MaximumTexts)
                throw new InvalidInputException(path, $"line {number}", $"more than {MaximumTexts} texts", "There may be no more.", Mend);
            rows.Add((fields[0], fields[1], number));
        }

        return rows.Count > 0 ? rows.ToImmutable() : throw new InvalidInputException(path, "lines", "none", "There must be a text.", Mend);
    }

    // The fields of the next text, or null at the end; a field in quotes may hold commas, doubled quotes and line breaks.
    private static List<string>? Record(StreamReader reader, string path, ref int number)
    {
        if (reader.ReadLine() is not { } line) return null;
        number++;
        var (first, fields, field, quoted) = (number, new List<string>(), new StringBuilder(), false);
        for (var i = 0; ; i++)
        {
            if (i == line.Length && quoted)
            {
                line = reader.ReadLine() ?? throw new InvalidInputException(
                    path, $"line {first}", "cut", "A quote is opened and not closed.", Mend);
                number++;
                field.Append('\n');
                i = -1;
            }
            else if (i == line.Length)
            {
                fields.Add(field.ToString());
                return fields;
            }
            else if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }
    }
}
