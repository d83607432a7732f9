using LutDla.Boundary;
using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

public sealed class SramCatalogueTests : IDisposable
{
    private const double Bound = 0.15;

    // Of one shape it has two macros, of which one reads at twice the energy of the other.
    private const string Contradictory = "sky130_openram";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. SramCatalogue.Names];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_files_are_brought_along() => Assert.Equal(
        Directory.EnumerateFiles(Repository.File("technologies", "memories")).Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal),
        SramCatalogue.Names);

    [Fact]
    public void What_is_neither_a_name_nor_a_file_is_refused()
    {
        var e = Assert.Throws<InvalidInputException>(() => SramCatalogue.Find("none"));

        Assert.StartsWith("memories: none = absent: It must be a file or one of asap7, cacti28,", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_where_its_name_is_none_that_was_brought_along()
    {
        SramModelFile.Write(_folder.File("sg13g2"), SampleMacros.Model());

        Assert.Equal("f", SramCatalogue.Find(_folder.File("sg13g2")).Family);
        Assert.Equal("sg13g2_sram", SramCatalogue.Find("sg13g2").Family);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fitting_the_table_again_gives_the_same_file_and_bounded_errors(string name)
    {
        var shipped = SramCatalogue.Find(name);
        var table = Path.Combine(Environment.GetEnvironmentVariable("LUTDLA_DATA") ?? "", "sram", shipped.Source.File);
        Assert.SkipUnless(File.Exists(table), $"LUTDLA_DATA names no folder that holds sram/{shipped.Source.File}.");

        var fitted = SramFit.Of(SramTable.Load(table), shipped.Family, shipped.Source.MacroPrefix, shipped.Ports);

        Assert.Equal(File.ReadAllText(Repository.File("technologies", "memories", $"{name}.json")), SramModelFile.Text(fitted));
        Assert.All(
            fitted.Costs.Where(c => name != Contradictory || c.Key is not SramQuantity.ReadEnergy and not SramQuantity.WriteEnergy),
            cost => Assert.InRange(cost.Value.MeanError, 0, Bound));
    }

    // RM_IHPSG13_1P_1024x16 of IHP's SG13G2: 79,674 um2, 26.49 pJ a read, 198 nW; the model need not meet it exactly.
    [Fact]
    public void A_published_macro_is_met_within_the_errors()
    {
        var model = SramCatalogue.Find("sg13g2");

        Assert.Equal(1, Assert.NotNull(model.Of(SramQuantity.Area, 1024, 16)) / 79_673.7, 0.05);
        Assert.Equal(1, Assert.NotNull(model.Of(SramQuantity.ReadEnergy, 1024, 16)) / 26.4863, 0.2);
        Assert.Equal(1, Assert.NotNull(model.Of(SramQuantity.Leakage, 1024, 16)) / 198.016, 0.01);
    }
}
