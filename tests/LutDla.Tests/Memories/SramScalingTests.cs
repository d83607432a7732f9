using LutDla.Exploration.Memories;

namespace LutDla.Tests.Memories;

public sealed class SramScalingTests
{
    // From 100 nm and 1 V to half of both: a quarter of the area, half of the time, half of a quarter of the energy.
    [Fact]
    public void Areas_go_with_the_square_of_the_feature_size_and_energies_with_it_and_the_square_of_the_voltage()
    {
        var scaled = SampleMacros.Model().ScaledTo(50, 0.5);

        Assert.Equal((612 * 0.25, 32 * 0.125, 48 * 0.125, 0.5), (
            scaled.Of(SramQuantity.Area, 32, 16), scaled.Of(SramQuantity.ReadEnergy, 32, 16), scaled.Of(SramQuantity.WriteEnergy, 32, 16),
            scaled.Of(SramQuantity.AccessTime, 32, 16)));
        Assert.Null(scaled.Of(SramQuantity.Leakage, 32, 16));
        Assert.Equal((50, 0.5, 100), (scaled.NodeNanometres, scaled.Volts, scaled.ScaledFrom));
        Assert.Equal(100, scaled.ScaledTo(25, 0.5).ScaledFrom);
    }

    [Fact]
    public void Without_both_voltages_no_energy_is_known()
    {
        SramModel[] scaled = [SampleMacros.Model().ScaledTo(50, null), (SampleMacros.Model() with { Volts = null }).ScaledTo(50, 0.5)];

        Assert.All(scaled, model => Assert.Equal([SramQuantity.Area, SramQuantity.AccessTime], model.Costs.Keys.Order()));
    }
}
