using System.Text;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Exploration.Memories;

/// <summary>Writes and reads the JSON file of a <see cref="SramModel"/>.</summary>
public static class SramModelFile
{
    private const string Format = "lutdla-memories-1";
    private const string Mend = "Make it again with lutdla calibrate --memories.";
    private const int LargestBytes = 1 << 20;

    // What macros cannot cost: products of it with any sizes stay finite.
    private const double Largest = 1e12;
    private const int MostWordBits = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void Write(string path, SramModel model) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Text(model))));

    /// <summary>What the file of a model holds.</summary>
    public static string Text(SramModel model) => JsonSerializer.Serialize(
        new
        {
            Format, model.Family, Source = new { model.Source.File, Sha256 = model.Source.Sha256, model.Source.MacroPrefix },
            model.NodeNanometres, model.Volts, Ports = model.Ports.Word(), model.Note, model.Macros, model.Words, model.WordBits,
            model.Bits,
            Quantities = model.Costs.OrderBy(cost => cost.Key).Select(cost => new
            {
                Name = cost.Key.Word(), cost.Value.MeanError, cost.Value.WorstError, cost.Value.Terms,
            }),
        }, Json) + "\n";

    /// <exception cref="InvalidInputException">It cannot be read, or is no file of this version.</exception>
    public static SramModel Read(string path)
    {
        try
        {
            return Parse(path, InputFile.Find(path, LargestBytes)
                ?? throw new InvalidInputException(path, "size", $"over {LargestBytes} bytes", "A file of memories is smaller.", Mend));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, "file", "unreadable", e.Message, Mend);
        }
    }

    /// <param name="file">For messages.</param>
    /// <exception cref="InvalidInputException">This is no file of this version.</exception>
    public static SramModel Parse(string file, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Model(JsonSection.Of(file, document, Mend));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(file, "JSON", "not readable", e.Message, Mend);
        }
    }

    private static SramModel Model(JsonSection root)
    {
        if (root.Text("format") != Format)
            throw root.Refuse("format", $"must be {Format}.");
        var source = root.Section("source");
        var costs = new Dictionary<SramQuantity, SramCost>();
        foreach (var section in root.Sections("quantities"))
        {
            if (!costs.TryAdd(Quantity(section), Cost(section)))
                throw section.Refuse("name", "must be listed once.");
        }

        if (!costs.ContainsKey(SramQuantity.Area))
            throw root.Refuse("quantities", "must have the area.");
        var model = new SramModel(
            root.Text("family"), new(source.Text("file"), source.Text("sha256"), source.Text("macro_prefix")),
            Positive(root, "node_nanometres"), root.IsNull("volts") ? null : Positive(root, "volts"), Ports(root), root.Text("note"),
            (int)Whole(root, "macros", int.MaxValue), Range(root, "words", SramFit.MostBits), Range(root, "word_bits", MostWordBits),
            Range(root, "bits", SramFit.MostBits), costs);
        return MacroTiling.HasShape(model) ? model : throw root.Refuse("bits", "must be those of macros of words and word_bits.");
    }

    private static SramPorts Ports(JsonSection root)
    {
        var word = root.Text("ports");
        return SramPortsRules.All.Where(p => p.Word() == word).Select(p => (SramPorts?)p).SingleOrDefault()
            ?? throw root.Refuse("ports", $"must be one of {string.Join(", ", SramPortsRules.All.Select(p => p.Word()))}.");
    }

    private static SramQuantity Quantity(JsonSection section)
    {
        var name = section.Text("name");
        return SramQuantityRules.All.Where(q => q.Word() == name).Select(q => (SramQuantity?)q).SingleOrDefault()
            ?? throw section.Refuse("name", $"must be one of {string.Join(", ", SramQuantityRules.All.Select(q => q.Word()))}.");
    }

    private static SramCost Cost(JsonSection section)
    {
        var names = SramStructure.Of(Quantity(section), 1, 1).Select(term => term.Name).ToArray();
        SramTerm[] terms = [.. section.Sections("terms").Select(term => new SramTerm(term.Text("name"), NotNegative(term, "each")))];
        return terms.Select(term => term.Name).SequenceEqual(names)
            ? new(terms, NotNegative(section, "mean_error"), NotNegative(section, "worst_error"))
            : throw section.Refuse("terms", $"must be {string.Join(", ", names)}.");
    }

    private static SampledRange Range(JsonSection root, string key, int most)
    {
        var section = root.Section(key);
        var range = new SampledRange((int)Whole(section, "least", most), (int)Whole(section, "most", most));
        return range.Least <= range.Most ? range : throw section.Refuse("least", "must be at most what most is.");
    }

    private static long Whole(JsonSection section, string key, long most) =>
        section.Count(key) is >= 1 and var count && count <= most ? count : throw section.Refuse(key, $"must be from 1 to {most}.");

    private static double Positive(JsonSection section, string key) =>
        NotNegative(section, key) is > 0 and var number ? number : throw section.Refuse(key, "must be above 0.");

    private static double NotNegative(JsonSection section, string key) => section.Number(key) is >= 0 and <= Largest and var number
        ? number : throw section.Refuse(key, "must be from 0 to 1e12.");
}
