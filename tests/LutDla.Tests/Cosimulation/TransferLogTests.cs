using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Tests.Cosimulation;

public sealed class TransferLogTests
{
    [Fact]
    public void Equal_beats_have_no_difference() => Assert.Null(Log(0x123, 0x456).FirstDifference(Beats(0x123, 0x456)));

    [Fact]
    public void The_first_wrong_transfer_is_reported_with_its_cycle() =>
        Assert.Equal(
            "out: transfer 1 in cycle 10 is 0457, expected 0456", Log(0x123, 0x457, 1).FirstDifference(Beats(0x123, 0x456, 2))?.ToString());

    [Fact]
    public void A_missing_transfer_is_reported() =>
        Assert.Equal("out: transfer 1 is nothing, expected 0456", Log(0x123).FirstDifference(Beats(0x123, 0x456))?.ToString());

    [Fact]
    public void A_transfer_too_many_is_reported() =>
        Assert.Equal("out: transfer 1 in cycle 10 is 0456, expected nothing", Log(0x123, 0x456).FirstDifference(Beats(0x123))?.ToString());

    private static TransferLog Log(params long[] values) => new("out", [.. values.Select((_, k) => 10L * k)], Beats(values));

    private static BeatList Beats(params long[] values)
    {
        var beats = new BeatList(12, 1);
        foreach (var value in values)
            beats.Add(value);
        return beats;
    }
}
