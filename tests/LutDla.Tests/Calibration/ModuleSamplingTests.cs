using LutDla.Exploration.Calibration;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Tests.Calibration;

public sealed class ModuleSamplingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_kind_of_module_of_any_design_is_sampled(bool latches)
    {
        var candidates = ModuleSampling.Candidates(latches);
        var kinds = candidates.Select(kind => kind[0].Name).ToHashSet();

        var missing = Enumerable.Range(0, 200).SelectMany(n => CalibrationSpace.Design(n, purpose: 99, latches).Top.Occurrences())
            .Select(o => o.Module).Where(m => m.Structure.Count > 0 && !kinds.Contains(m.Name)).Select(m => m.Name).Distinct();

        Assert.Equal(["memory_macro"], missing);
        Assert.Equal(latches, kinds.Contains("latch_row"));
        Assert.Equal(kinds.Count, candidates.Count);
        Assert.DoesNotContain(
            candidates.SelectMany(kind => kind), m => m is MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam });
    }

    [Fact]
    public void The_same_modules_are_sampled_each_time_and_none_twice()
    {
        string[] modules = [.. Texts()];

        Assert.Equal(modules, Texts());
        Assert.Equal(modules.Length, modules.Distinct().Count());

        static IEnumerable<string> Texts() => ModuleSampling.Candidates(latches: true).SelectMany(kind => kind)
            .Select(module => $"{module.Name} {string.Join(' ', CostPoint.OfModule(module).Place)}");
    }

    // The sums of a fit are of least and largest amounts too, so the ends must be among the first samples.
    [Fact]
    public void First_samples_reach_from_small_to_large()
    {
        foreach (var kind in ModuleSampling.Candidates(latches: true).Where(kind => kind.Count >= 10))
        {
            double[] sizes = [.. kind.Select(module => CostPoint.OfModule(module).Place.Sum())];
            double[] first = [.. sizes.Take(ModuleSampling.FirstCount(kind))];

            Assert.Equal(sizes.Max(), first.Max());
            Assert.True(first.Min() <= sizes.Min() + 0.25 * (sizes.Max() - sizes.Min()), kind[0].Name);
        }
    }

    [Fact]
    public void No_amount_is_negative() => Assert.All(
        ModuleSampling.Candidates(latches: true).SelectMany(kind => kind).SelectMany(module => CostPoint.OfModule(module).Amounts),
        amount => Assert.InRange(amount, 0, 1e9));
}
