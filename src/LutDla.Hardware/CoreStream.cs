namespace LutDla.Hardware;

/// <summary>A field of a stream's payload.</summary>
/// <param name="Name">Verilog identifier.</param>
/// <param name="Bits">Width; one element's width where the field repeats.</param>
/// <param name="Count">How often the field stands side by side.</param>
/// <param name="Meaning">One line for the port list and the documents.</param>
public sealed record StreamField(string Name, int Bits, int Count, string Meaning)
{
    /// <summary>Bits of all repetitions.</summary>
    public int TotalBits => Bits * Count;
}

/// <summary>A stream of the core: its name, direction and the fields of its payload, the first one lowest.</summary>
public sealed record CoreStream(string Name, StreamRole Role, string Summary, IReadOnlyList<StreamField> Fields)
{
    public int PayloadBits => Fields.Sum(f => f.TotalBits);

    public StreamPort Port => new(Name, Role, PayloadBits);

    /// <summary>The lowest bit of a field.</summary>
    public int OffsetOf(string field) => Fields.TakeWhile(f => f.Name != field).Sum(f => f.TotalBits);
}
