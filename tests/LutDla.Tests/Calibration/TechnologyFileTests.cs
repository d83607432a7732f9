using LutDla.Boundary;
using LutDla.Exploration.Calibration;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Hardware.Modules.Streams;

namespace LutDla.Tests.Calibration;

public sealed class TechnologyFileTests : IDisposable
{
    // Knows a counter of 6 bits, which costs a tenth more than its terms say; it has one term and one parameter.
    private static readonly LocalCorrection Correction = new([3, 0], [[Math.Log(7), Math.Log(7)]], [0.1]);

    private static readonly KindModel CounterModel = new([new("always", 5, 1, 1), new("bits", 3.25, 1, 8)], Correction, 0.5, 4, 0.01, 0.02);

    private static readonly KindModel LatchModel =
        new([new("always", 0, 1, 1), new("latches", 15, 1, 64)], LocalCorrection.None, 0, 6, 0, 0);

    private static readonly TechnologyModel Model = new(
        "cells", new string('a', 64), "Yosys 0.23", 10_000, HasLatches: true,
        new Dictionary<CostQuantity, IReadOnlyDictionary<string, KindModel>>
        {
            [CostQuantity.Area] = new Dictionary<string, KindModel> { ["counter"] = CounterModel, ["latch_row"] = LatchModel },
            [CostQuantity.Leakage] = new Dictionary<string, KindModel> { ["counter"] = LatchModel },
        });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_holds_all_that_a_model_has()
    {
        var file = _folder.File("cells.json");
        TechnologyFile.Write(file, Model);

        var read = TechnologyFile.Read(file);

        Assert.Equal(Model with { Costs = read.Costs }, read);
        Assert.Equal(Model.Costs.Keys, read.Costs.Keys);
        foreach (var (quantity, kinds) in Model.Costs)
        {
            Assert.Equal(kinds.Keys.Order(), read.Costs[quantity].Keys.Order());
            foreach (var (name, kind) in kinds)
            {
                var same = read.Costs[quantity][name];
                Assert.Equal(kind.Terms, same.Terms);
                Assert.Equivalent(kind.Correction, same.Correction, strict: true);
                Assert.Equal(kind with { Terms = same.Terms, Correction = same.Correction }, same);
            }
        }
    }

    [Theory]
    [InlineData("lutdla-technology-3", "lutdla-technology-0", "format = \"lutdla-technology-0\": must be lutdla-technology-3.")]
    [InlineData("3.25", "-3.25", "quantities[0].kinds[0].terms[1].each = -3.25: must be 0 or more.")]
    [InlineData("\"scales\": [\n            3,", "\"scales\": [\"three\",",
        "quantities[0].kinds[0].scales = a list: must be a list of numbers.")]
    [InlineData("\"scales\": [\n            3,", "\"scales\": [",
        "quantities[0].kinds[0].neighbours[0].place = a list: must have 1 numbers, as scales has.")]
    [InlineData("\"latch_row\"", "\"counter\"", "quantities[0].kinds[1].name = \"counter\": must be listed once.")]
    [InlineData("\"samples\": 4", "\"samples\": \"four\"", "quantities[0].kinds[0].samples = \"four\": must be a whole number, 0 or more.")]
    [InlineData("\"library\"", "\"lib\"", "library = missing: must be there.")]
    [InlineData("{", "", "JSON = not readable:")]
    public void A_file_that_is_not_as_it_was_written_is_refused_with_where(string text, string other, string message)
    {
        var file = _folder.File("cells.json");
        TechnologyFile.Write(file, Model);
        var (written, at) = (File.ReadAllText(file), File.ReadAllText(file).IndexOf(text, StringComparison.Ordinal));
        File.WriteAllText(file, string.Concat(written.AsSpan(0, at), other, written.AsSpan(at + text.Length)));

        var e = Assert.Throws<InvalidInputException>(() => TechnologyFile.Read(file));

        Assert.StartsWith($"{file}: {message}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        var e = Assert.Throws<InvalidInputException>(() => TechnologyFile.Read(_folder.File("none")));

        Assert.Equal("unreadable", Assert.Single(e.Problems).Value);
    }

    [Fact]
    public void Modules_cost_what_they_are_made_of_and_macros_and_wires_nothing()
    {
        Assert.Equal(1.1 * (5 + (3.25 * 6)), Model.AreaOf(new Counter(6)), 9);
        Assert.Equal((1 + 0.1 * Math.Exp(-3 * (Math.Log(7) - Math.Log(5)))) * (5 + (3.25 * 4)), Model.AreaOf(new Counter(4)), 9);
        Assert.Equal(15 * 8, Model.AreaOf(new Latch(8)), 9);
        Assert.Equal(0, Model.AreaOf(new Memory(MemoryRole.Scratchpad, MemoryStyle.Macro, 16, 16)));
        Assert.Throws<KeyNotFoundException>(() => Model.AreaOf(new StreamFifo(8, 2)));
        Assert.True(Model.IsSampled(new Counter(8)));
        Assert.False(Model.IsSampled(new Counter(9)));
    }

    [Fact]
    public void Kinds_that_were_not_sampled_are_named()
    {
        var unknown = Model.UnknownKinds(Core.From(CalibrationSpace.Design(1, purpose: 5, latches: true).Config));

        Assert.Contains("core", unknown);
        Assert.DoesNotContain("counter", unknown);
        Assert.DoesNotContain("sign_extend", unknown);
        Assert.Equal(unknown.Count, unknown.Distinct().Count());
    }
}
