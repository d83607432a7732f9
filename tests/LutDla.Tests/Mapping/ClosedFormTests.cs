using CsCheck;
using LutDla.Mapping.Schedule;

namespace LutDla.Tests.Mapping;

/// <summary>The closed form against the model that the co-simulations confirm.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void A_layer_has_the_cycles_that_the_cycle_model_counts() => AnyCycles.CoreAndShape
        .Where(sample => ClosedForm.Covers(sample.Core))
        .Sample(
            sample => Assert.Equal(LayerCycles.Of(sample.Core, "layer", sample.Shape).Cycles, ClosedForm.Cycles(sample.Core, sample.Shape)),
            iter: 12_000);

    [Fact]
    public void A_core_whose_index_buffer_is_shorter_than_its_search_is_counted_too() => AnyCycles.CoreAndShape
        .Where(sample => !ClosedForm.Covers(sample.Core))
        .Sample(
            sample => Assert.Equal(EventModel.Cycles(sample.Core, sample.Shape), ClosedForm.Cycles(sample.Core, sample.Shape)), iter: 100);
}
