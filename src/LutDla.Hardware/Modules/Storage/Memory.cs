using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Storage;

/// <summary>One write port and one registered read port.</summary>
public sealed record Memory(MemoryRole Role, MemoryStyle Style, int Words, int WordBits) : MemoryModule(Role, Style, Words, WordBits)
{
    public int AddressBits => BitWidth.ForIndex(Words);

    public override IReadOnlyList<StructureTerm> Structure => Style switch
    {
        MemoryStyle.FlipFlop =>
            [new("bits", Bits), new("word enables", Words), new("read register", WordBits)],
        MemoryStyle.Latch =>
            [new("read gates", Bits), new("word gates", Words), new("registers", WordBits)],
        _ => [new("bits", Bits), new("words", Words), new("word width", WordBits)],
    };

    public override string Name => $"memory_{StyleName}";

    public override int Buffers => 1;

    public override int ReadPorts => 1;

    public override int ReadLatency => 1;

    public override IReadOnlyList<ModuleParameter> Parameters =>
        [new("Depth", Words), new("Width", WordBits), new(nameof(AddressBits), AddressBits)];

    public override IReadOnlyList<Child> Children => Style == MemoryStyle.Latch
        ? [new("gen_word[*].u_gate", new ClockGate(), Words), new("gen_word[*].u_word", new Latch(WordBits), Words)]
        : [];
}
