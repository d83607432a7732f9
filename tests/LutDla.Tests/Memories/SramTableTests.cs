using LutDla.Boundary;
using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

public sealed class SramTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_published_macro_has_what_its_line_says()
    {
        var table = SampleMacros.Table(_folder, "big,fam,130,1.2,64,32,500.5,7,8,9,1.5,\"by hand, twice\"");

        var macro = Assert.Single(table.Macros);
        Assert.Equal(("big", "fam", 64, 32), (macro.Name, macro.Family, macro.Words, macro.WordBits));
        Assert.Equal((130, 1.2), (macro.NodeNanometres, macro.Volts));
        Assert.Equal("by hand, twice", macro.Note);
        Assert.Equal(500.5, macro.Area);
        Assert.Equal([500.5, 8, 9, 7, 1.5], Enum.GetValues<SramQuantity>().Select(q => macro.Figures[q]));
    }

    // 512 bytes are 4096 bits: 128 words of 32; 2 banks of 0.5 mW are 1e6 nW.
    [Fact]
    public void What_CACTI_prints_is_read_by_its_own_columns()
    {
        var path = _folder.File("cacti.csv");
        File.WriteAllLines(
            path,
            [
                "node_nm,capacity_bytes,banks,width_bits,access_ns,read_pJ,write_pJ,leakage_mW_per_bank,area_um2",
                "65,512,2,32,0.3,1.5,2.5,0.5,9000",
            ]);

        var macro = Assert.Single(SramTable.Load(path).Macros);

        Assert.Equal(("", "65nm", 128, 32), (macro.Name, macro.Family, macro.Words, macro.WordBits));
        Assert.Null(macro.Volts);
        Assert.Equal(1e6, macro.Figures[SramQuantity.Leakage]);
    }

    [Fact]
    public void Nothing_and_0_are_not_known()
    {
        var figures = Assert.Single(SampleMacros.Table(_folder, "m,f,130,,64,32,500,0,,9,1.5,").Macros).Figures;

        Assert.Equal([SramQuantity.Area, SramQuantity.WriteEnergy, SramQuantity.AccessTime], figures.Keys.Order());
    }

    [Theory]
    [InlineData("m,f,130,1,64,32,-5,1,1,1,1,", "line 2, area_um2 = -5: must be a number from 0 to 1000000000000.")]
    [InlineData("m,f,130,1,64,32,NaN,1,1,1,1,", "line 2, area_um2 = NaN: must be a number from 0")]
    [InlineData("m,f,130,1,64,32,1e300,1,1,1,1,", "line 2, area_um2 = 1e300: must be a number from 0")]
    [InlineData("m,f,130,1,64,32,0,1,1,1,1,", "line 2, area_um2 = 0: must be above 0")]
    [InlineData("m,f,130,1,64,32,,1,1,1,1,", "line 2, area_um2 = (empty): must be above 0")]
    [InlineData("m,f,130,1,64,32,5,1,many,1,1,", "line 2, read_pJ = many: must be a number")]
    [InlineData("m,f,130,1,64.5,32,5,1,1,1,1,", "line 2, words = 64.5: must be a whole number.")]
    [InlineData("m,f,130,1,99999999999,32,5,1,1,1,1,", "line 2, words = 99999999999: must be a number from 0 to 1073741824.")]
    [InlineData("m,f,130,1,64,-32,5,1,1,1,1,", "line 2, width_bits = -32: must be a number from 0")]
    [InlineData("m,f,0,1,64,32,5,1,1,1,1,", "line 2, node_nm = 0: must be above 0")]
    [InlineData("m,f,130,1,64,32,5", "line 2 = not readable: A line has as many fields as the first one.")]
    [InlineData("m,f,130,1,64,32,5,1,1,1,1,,,", "line 2 = not readable: A line has as many fields")]
    [InlineData("m,f,130,1,64,32,\"5,1,1,1,1,", "line 2 = not readable: A line has as many fields")]
    public void A_line_that_makes_no_sense_is_named(string line, string message)
    {
        var e = Assert.Throws<InvalidInputException>(() => SampleMacros.Table(_folder, line));

        Assert.StartsWith($"{_folder.File("macros.csv")}: {message}", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("docs/estimating.md describes it.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1 = absent")]
    [InlineData("node_nm,width_bits,area_um2,words\n", "line 2 = absent: A table has at least one macro.")]
    [InlineData("a,b\n1,2\n", "line 2, node_nm = no such column")]
    [InlineData("node_nm,width_bits,area_um2\n65,8,10\n", "line 2, capacity_bytes = no such column")]
    [InlineData("node_nm,width_bits,area_um2,capacity_bytes\n65,800,10,2\n", "line 2, capacity_bytes = 2: must be a word or more.")]
    public void A_table_without_a_column_is_refused(string text, string message)
    {
        var path = _folder.File("macros.csv");
        File.WriteAllText(path, text);

        var e = Assert.Throws<InvalidInputException>(() => SramTable.Load(path));

        Assert.StartsWith($"{path}: {message}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_there_is_refused()
    {
        var e = Assert.Throws<InvalidInputException>(() => SramTable.Load(_folder.File("none")));

        Assert.Equal("unreadable", Assert.Single(e.Problems).Value);
    }
}
