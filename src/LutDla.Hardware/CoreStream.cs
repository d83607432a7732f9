namespace LutDla.Hardware;

/// <summary>A field of a stream's payload.</summary>
/// <param name="Name">Verilog identifier.</param>
/// <param name="Bits">Width; one element's width where the field repeats.</param>
/// <param name="Count">How often the field stands side by side.</param>
/// <param name="Meaning">One line for the port list and the documents.</param>
public sealed record StreamField(string Name, int Bits, int Count, string Meaning)
{
    /// <summary>Two's complement; otherwise unsigned.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Of what one element is made, the first one lowest; empty where it is a number.</summary>
    public IReadOnlyList<StreamField> Parts { get; init; } = [];

    /// <summary>The lowest bit in the payload.</summary>
    public int Low { get; init; }

    public int High => Low + TotalBits - 1;

    /// <summary>Bits of all repetitions.</summary>
    public int TotalBits => Bits * Count;
}

/// <summary>A stream of the core: its name, direction and the fields of its payload, the first one lowest.</summary>
public sealed record CoreStream(string Name, StreamRole Role, string Summary, IReadOnlyList<StreamField> Fields)
{
    /// <summary>With their places in the payload.</summary>
    public IReadOnlyList<StreamField> Fields { get; } = Place(Fields);

    /// <summary>Keys of the configuration that make the payload narrower without another meaning of its fields.</summary>
    public IReadOnlyList<string> NarrowedBy { get; init; } = [];

    /// <summary>Name of the port that carries the payload.</summary>
    public string DataPort => $"{Name}_data_{(IsInput ? "i" : "o")}";

    public bool IsInput => Role == StreamRole.Input;

    public bool IsOutput => Role == StreamRole.Output;

    public int PayloadBits => Fields.Sum(f => f.TotalBits);

    public StreamPort Port => new(Name, Role, PayloadBits);

    public StreamField Field(string name) => Fields.Single(f => f.Name == name);

    /// <summary>The lowest bit of a field.</summary>
    public int OffsetOf(string field) => Field(field).Low;

    private static List<StreamField> Place(IReadOnlyList<StreamField> fields)
    {
        var placed = new List<StreamField>();
        foreach (var field in fields)
            placed.Add(field with { Low = placed.Sum(f => f.TotalBits) });
        return placed;
    }
}
