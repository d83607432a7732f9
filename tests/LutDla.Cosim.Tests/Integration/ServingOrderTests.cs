using LutDla.Hardware.Integration;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>Orders in which a host may serve the streams one after the other, and orders in which it waits for ever.</summary>
public sealed class ServingOrderTests
{
    private static readonly TilePass[] Passes = [.. LayerSchedule.Passes(OddDesign.Core, OddDesign.Layer.Shape)];

    private static readonly StreamRun[] Order = [.. SequentialOrder.Of(OddDesign.Core, Passes)];

    /// <summary>What is served too early, and what is then missing.</summary>
    public static TheoryData<string, string> Early { get; } = new()
    {
        { "activation", "No command is offered." },
        { "command", "codebook is not offered" },
        { "table", "activation is not offered" },
        { "codebook", "activation is not offered" },
        { "parameter", "A result is offered and not taken." },
    };

    [Fact]
    public async Task A_host_that_serves_one_stream_after_the_other_in_the_documented_order_gets_all_results()
    {
        var printed = await SequentialHost.ServeAsync(Order);

        Assert.StartsWith("all served", printed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Early))]
    public async Task A_host_that_serves_a_stream_too_early_is_told_what_is_missing(string stream, string missing)
    {
        var rule = UseRules.All.Single(r => r.Name == "progress");

        IEnumerable<StreamRun> order = stream switch
        {
            "activation" or "command" => [.. Of(stream), .. NotOf(stream)],
            "table" or "codebook" => [.. Order.Take(2), .. Of(stream), .. NotOf(stream).Skip(2)],

            // The results of the first pass are still to be read.
            _ => [.. Order.TakeWhile(r => r.Stream.Name != "result"), .. Order.Where(r => r.Stream.Name is "command" or "parameter").Skip(2)],
        };
        var printed = await SequentialHost.ServeAsync(order);

        Assert.Contains($"rule {rule.Number} ({rule.Name}) is broken", printed, StringComparison.Ordinal);
        Assert.Contains(missing, printed, StringComparison.Ordinal);
        Assert.DoesNotContain("all served", printed, StringComparison.Ordinal);
    }

    private static IEnumerable<StreamRun> Of(string stream) => Order.Where(r => r.Stream.Name == stream);

    private static IEnumerable<StreamRun> NotOf(string stream) => Order.Where(r => r.Stream.Name != stream);
}
