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
        var samples = ModuleSampling.Choose(latches);
        var kinds = samples.Select(s => s.Kind).ToHashSet();

        var missing = Enumerable.Range(0, 200).SelectMany(n => CalibrationSpace.Design(n, purpose: 99, latches).Top.Occurrences())
            .Select(o => o.Module).Where(m => m.Structure.Count > 0 && !kinds.Contains(m.Name)).Select(m => m.Name).Distinct();

        Assert.Equal(["memory_macro"], missing);
        Assert.Equal(latches, kinds.Contains("latch_row"));
        Assert.DoesNotContain(samples, s => s.Module is MemoryModule { Style: MemoryStyle.Macro or MemoryStyle.FpgaRam });
    }

    [Fact]
    public void The_same_modules_are_sampled_each_time_and_no_two_are_made_of_the_same()
    {
        string[] samples = [.. ModuleSampling.Choose(latches: true).Select(Text)];

        Assert.Equal(samples, ModuleSampling.Choose(latches: true).Select(Text));
        Assert.Equal(samples.Length, samples.Distinct().Count());

        static string Text(ModuleSample sample) => $"{sample.Kind} {string.Join(' ', sample.Amounts)}";
    }

    // The sums of a fit are of least and largest amounts too, so the ends must be among the samples.
    [Fact]
    public void A_sampled_term_reaches_from_small_to_large()
    {
        foreach (var kind in ModuleSampling.Choose(latches: true).GroupBy(s => s.Kind).Where(k => k.Count() > 1))
        {
            var largest = kind.MaxBy(s => s.Amounts.Sum());
            Assert.Contains(kind, s => s.Amounts.Sum() * 2 <= largest!.Amounts.Sum() || kind.Count() < 10);
        }
    }

    [Fact]
    public void No_amount_is_negative() => Assert.All(
        ModuleSampling.Choose(latches: true).SelectMany(s => s.Amounts), amount => Assert.InRange(amount, 0, 1e9));
}
