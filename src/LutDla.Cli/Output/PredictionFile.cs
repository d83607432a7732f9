using System.Globalization;
using System.Text;
using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>
/// What a network says of each example, a line each: as CSV with a header, or as JSON lines. Columns: example, from 0; label, where there
/// are labels; prediction; and the scores of all classes.
/// </summary>
/// <param name="writer">Owned by the caller.</param>
/// <param name="isJson">JSON lines rather than CSV.</param>
/// <param name="columns">Names of the whole numbers of a line.</param>
/// <param name="scores">How many scores follow them.</param>
/// <param name="scoreName">What a score is called.</param>
internal sealed class PredictionFile(TextWriter writer, bool isJson, IReadOnlyList<string> columns, int scores, string scoreName)
{
    private const string Csv = ".csv";

    private static readonly string[] JsonLines = [".jsonl", ".ndjson"];

    /// <summary>Refuses a name that does not tell the format.</summary>
    /// <exception cref="InvalidInputException">It ends otherwise.</exception>
    public static void CheckName(string option, string path)
    {
        if (Extension(path) != Csv && !IsJsonLines(path))
        {
            throw new InvalidInputException(
                "command line", option, path, $"must end with {Csv}, or with {string.Join(" or ", JsonLines)} for a JSON object a line.",
                "Add one of these.");
        }
    }

    /// <summary>Writes a file whole or not at all, of the format that its name tells.</summary>
    /// <param name="scoreName">What a score is called: several are numbered in CSV, and a list in JSON.</param>
    /// <param name="add">Adds the lines, in order.</param>
    public static T Write<T>(string path, IReadOnlyList<string> columns, int scores, string scoreName, Func<PredictionFile, T> add)
    {
        T? result = default;
        AtomicFile.Write(path, stream =>
        {
            var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            using var writer = new StreamWriter(stream, encoding, leaveOpen: true) { NewLine = "\n" };
            var file = new PredictionFile(writer, IsJsonLines(path), columns, scores, scoreName);
            file.WriteHeader();
            result = add(file);
        });
        return result ?? throw new InvalidOperationException("The lines were not written.");
    }

    /// <param name="values">As many as there are columns.</param>
    /// <param name="line">The scores; shown as short as single precision allows.</param>
    public void Add(ReadOnlySpan<long> values, ReadOnlySpan<double> line)
    {
        var text = new StringBuilder(isJson ? "{" : "");
        for (var i = 0; i < values.Length; i++)
            text.Append(isJson ? $"\"{columns[i]}\":" : "").Append(values[i].ToString(CultureInfo.InvariantCulture)).Append(',');
        if (isJson) text.Append(CultureInfo.InvariantCulture, $"\"{scoreName}\":").Append(scores > 1 ? "[" : "");
        for (var i = 0; i < line.Length; i++)
            text.Append(i > 0 ? "," : "").Append(((float)line[i]).ToString("R", CultureInfo.InvariantCulture));
        if (isJson) text.Append(scores > 1 ? "]}" : "}");
        writer.WriteLine(text);
    }

    private void WriteHeader()
    {
        if (isJson) return;
        var names = scores == 1 ? [scoreName] : Enumerable.Range(0, scores).Select(i => $"{scoreName}_{i}");
        writer.WriteLine(string.Join(',', columns.Concat(names)));
    }

    private static bool IsJsonLines(string path) => JsonLines.Contains(Extension(path));

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
