using System.Reflection;
using LutDla.Boundary;

namespace LutDla.Exploration.Memories;

/// <summary>The models that this program brings along, by name.</summary>
public static class SramCatalogue
{
    private const string Prefix = "memories/";
    private const string Suffix = ".json";

    private static readonly Assembly Holder = typeof(SramCatalogue).Assembly;

    /// <summary>In order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Holder.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>A model by name, or by the path of a file that <c>lutdla calibrate --memories</c> wrote.</summary>
    /// <param name="nameOrFile">A name goes first: a file of that name is <c>./NAME</c>.</param>
    /// <exception cref="InvalidInputException">It is neither, or the file cannot be read.</exception>
    public static SramModel Find(string nameOrFile)
    {
        if (Names.Contains(nameOrFile))
            return SramModelFile.Parse(nameOrFile, Content(nameOrFile));
        return Path.Exists(nameOrFile)
            ? SramModelFile.Read(nameOrFile)
            : throw new InvalidInputException(
                "memories", nameOrFile, "absent", $"It must be a file or one of {string.Join(", ", Names)}.",
                "Make a file with lutdla calibrate --memories, or name one of these.");
    }

    private static byte[] Content(string name)
    {
        using var stream = Holder.GetManifestResourceStream($"{Prefix}{name}{Suffix}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
