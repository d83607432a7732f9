using System.Text;
using System.Text.Json;
using LutDla.Boundary;

namespace LutDla.Exploration.Calibration;

/// <summary>Writes and reads the JSON file of a <see cref="TechnologyModel"/>.</summary>
public static class TechnologyFile
{
    private const string Format = "lutdla-technology-3";
    private const string Mend = "Make it again with lutdla calibrate.";
    private const int LargestBytes = 4 << 20;

    private static readonly CostQuantity[] Always = [CostQuantity.Area, CostQuantity.Leakage];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void Write(string path, TechnologyModel model)
    {
        var text = JsonSerializer.Serialize(
            new
            {
                Format, model.Library, LibrarySha256 = model.LibrarySha256, model.Yosys, model.ClockPeriodPicoseconds, model.HasLatches,
                Quantities = model.Costs.OrderBy(q => q.Key).Select(q => new
                {
                    Name = q.Key.Word(), Kinds = q.Value.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(ForJson),
                }),
            }, Json) + "\n";
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static object ForJson(KeyValuePair<string, KindModel> kind) => new
    {
        Name = kind.Key, kind.Value.Samples, kind.Value.MeanError, kind.Value.WorstError, kind.Value.Terms, kind.Value.Floor,
        kind.Value.Correction.Scales,
        Neighbours = kind.Value.Correction.Places.Zip(kind.Value.Correction.Weights, (place, weight) => new { place, weight }),
    };

    /// <exception cref="InvalidInputException">It cannot be read, or is no technology file of this version.</exception>
    public static TechnologyModel Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(InputFile.Find(path, LargestBytes) ?? throw TooLarge(path));
            return Read(JsonSection.Of(path, document, Mend));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(path, "JSON", "not readable", e.Message, Mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, "file", "unreadable", e.Message, Mend);
        }
    }

    private static TechnologyModel Read(JsonSection root)
    {
        if (root.Text("format") != Format)
            throw root.Refuse("format", $"must be {Format}.");
        var costs = new Dictionary<CostQuantity, IReadOnlyDictionary<string, KindModel>>();
        foreach (var quantity in root.Sections("quantities"))
        {
            var known = CostQuantities.All.Where(q => q.Word() == quantity.Text("name")).ToList();
            if (known is not [var key])
                throw quantity.Refuse("name", $"must be one of {string.Join(", ", CostQuantities.All.Select(q => q.Word()))}.");
            if (!costs.TryAdd(key, Kinds(quantity)))
                throw quantity.Refuse("name", "must be listed once.");
        }

        if (Always.Where(quantity => !costs.ContainsKey(quantity)).ToList() is [var missing, ..])
            throw root.Refuse("quantities", $"must have {missing.Word()}.");
        if (costs.ContainsKey(CostQuantity.Energy) != costs.ContainsKey(CostQuantity.Delay))
            throw root.Refuse("quantities", "must have energy and delay, or neither.");
        return new(
            root.Text("library"), root.Text("library_sha256"), root.Text("yosys"),
            (int)Math.Min(root.Count("clock_period_picoseconds"), int.MaxValue), root.Flag("has_latches"), costs);
    }

    private static Dictionary<string, KindModel> Kinds(JsonSection quantity)
    {
        var kinds = new Dictionary<string, KindModel>(StringComparer.Ordinal);
        foreach (var kind in quantity.Sections("kinds"))
        {
            var model = new KindModel(
                [.. kind.Sections("terms").Select(Term)], Correction(kind), NotNegative(kind, "floor"),
                (int)Math.Min(kind.Count("samples"), int.MaxValue),
                NotNegative(kind, "mean_error"), NotNegative(kind, "worst_error"));
            if (!kinds.TryAdd(kind.Text("name"), model))
                throw kind.Refuse("name", "must be listed once.");
        }

        return kinds;
    }

    private static LocalCorrection Correction(JsonSection kind)
    {
        var (scales, neighbours) = (kind.Numbers("scales"), kind.Sections("neighbours"));
        return new(
            scales,
            [
                .. neighbours.Select(n => n.Numbers("place") is var place && place.Count == scales.Count
                    ? place.ToArray()
                    : throw n.Refuse("place", $"must have {scales.Count} numbers, as scales has.")),
            ],
            [.. neighbours.Select(n => n.Number("weight"))]);
    }

    private static TermCost Term(JsonSection term) => new(
        term.Text("name"), NotNegative(term, "each"), NotNegative(term, "least"), NotNegative(term, "most"));

    private static double NotNegative(JsonSection section, string key) =>
        section.Number(key) is >= 0 and var number ? number : throw section.Refuse(key, "must be 0 or more.");

    private static InvalidInputException TooLarge(string path) =>
        new(path, "size", $"over {LargestBytes} bytes", "A technology file is smaller.", Mend);
}
