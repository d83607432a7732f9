using LutDla.Exploration.Netlists;

namespace LutDla.Exploration.Power;

/// <summary>A memory macro in a simulation of gates: the black box that <c>lutdla_memory_macro</c> describes.</summary>
internal sealed class MacroModel(FlatCell box)
{
    private readonly int[] _write = [.. box.Pins["write_enable_i"], .. box.Pins["write_address_i"]];
    private readonly int[] _writeData = box.Pins["write_data_i"];
    private readonly int[] _read = [.. box.Pins["read_enable_i"], .. box.Pins["read_address_i"]];
    private readonly int[] _readData = box.Pins["read_data_o"];
    private readonly Dictionary<long, byte[]> _words = [];
    private byte[]? _given;

    /// <summary>Net of its clock.</summary>
    public int Clock { get; } = box.Pins["clk_i"][0];

    /// <summary>As Yosys names it, parameters included.</summary>
    public string Type => box.Type;

    /// <inheritdoc cref="FlatCell.Place"/>
    public string Place => box.Place;

    /// <summary>Bits of a word.</summary>
    public int WordBits => _readData.Length;

    public long Reads { get; private set; }

    public long Writes { get; private set; }

    public void ForgetAccesses() => (Reads, Writes) = (0, 0);

    /// <summary>At a rising clock: what the ports ask for.</summary>
    public void Take(GateSimulation simulation)
    {
        if (simulation[_read[0]] == 1)
        {
            Reads++;
            _given = _words.GetValueOrDefault(Address(simulation, _read)) ?? new byte[WordBits];
        }

        if (simulation[_write[0]] == 1)
        {
            Writes++;
            _words[Address(simulation, _write)] = [.. _writeData.Select(net => simulation[net])];
        }
    }

    /// <summary>After it: the word that was read.</summary>
    public void Give(GateSimulation simulation)
    {
        for (var k = 0; _given is not null && k < _readData.Length; k++)
            simulation.Set(_readData[k], _given[k]);
        _given = null;
    }

    // Behind the enable, from bit 0 on.
    private static long Address(GateSimulation simulation, int[] port)
    {
        var address = 0L;
        for (var k = port.Length - 1; k > 0; k--)
            address = address << 1 | simulation[port[k]];
        return address;
    }
}
