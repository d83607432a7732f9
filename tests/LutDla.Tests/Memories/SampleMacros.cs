using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

/// <summary>Macros and models whose figures can be worked out by hand.</summary>
internal static class SampleMacros
{
    public const string Header = "macro,family,node_nm,vdd_V,words,width_bits,area_um2,leakage_nW,read_pJ,write_pJ,access_ns,note";

    /// <summary>A line of a table under <see cref="Header"/>.</summary>
    public static string Line(int words, int bits, double area, string family = "f", string name = "m", string rest = "1,2,3,4,") =>
        FormattableString.Invariant($"{name},{family},100,1,{words},{bits},{area},{rest}");

    public static SramTable Table(TemporaryFolder folder, params IEnumerable<string> lines)
    {
        var path = folder.File("macros.csv");
        File.WriteAllLines(path, [Header, .. lines]);
        return SramTable.Load(path);
    }

    /// <summary>
    /// 100 um2 a macro and 1 a bit; 2 pJ a read and 3 a write of a bit of a word; 5 nW a macro; 1 ns. 16 to 64 words of 8 to 32 bits.
    /// </summary>
    /// <param name="mostBits">Of a macro.</param>
    public static SramModel Model(SramPorts ports = SramPorts.OneReadWriteOneRead, int mostBits = 2048) => new(
        "f", new("macros.csv", "0", ""), 100, 1, ports, "", 9, new(16, 64), new(8, 32), new(128, mostBits),
        new Dictionary<SramQuantity, SramCost>
        {
            [SramQuantity.Area] = Cost(SramQuantity.Area, 100, 0, 0, 1, 0),
            [SramQuantity.ReadEnergy] = Cost(SramQuantity.ReadEnergy, 0, 0, 2, 0, 0),
            [SramQuantity.WriteEnergy] = Cost(SramQuantity.WriteEnergy, 0, 0, 3, 0, 0),
            [SramQuantity.Leakage] = Cost(SramQuantity.Leakage, 5, 0, 0, 0, 0),
            [SramQuantity.AccessTime] = Cost(SramQuantity.AccessTime, 1, 0, 0),
        });

    public static SramCost Cost(SramQuantity quantity, params double[] each) =>
        new([.. SramStructure.Of(quantity, 1, 1).Zip(each, (term, value) => new SramTerm(term.Name, value))], 0.125, 0.25);
}
