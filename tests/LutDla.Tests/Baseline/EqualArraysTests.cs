using LutDla.Baseline.Arrays;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Baseline;

/// <summary>An array that a core is compared with does as much as the core, with streams that are no wider.</summary>
public sealed class EqualArraysTests
{
    private static readonly Core Dense = Core.From(DesignFile.Load(Repository.File("benchmarks", "designs", "dense.json")));

    public static TheoryData<int> Formats { get; } = [.. Enumerable.Range(0, EqualArrays.Formats.Count)];

    // 512 lookups of 4 elements; 4 x 4 sub-vectors of 4 bytes; 32 table entries of a byte; sums of 512 sub-vectors.
    [Theory]
    [MemberData(nameof(Formats))]
    public void All_arrays_equal_the_core(int format)
    {
        var arrays = new EqualArrays(Dense).Of(EqualArrays.Formats[format]);

        Assert.Contains(arrays, a => a.Dataflow == Dataflow.OutputStationary);
        Assert.Contains(arrays, a => a.Dataflow == Dataflow.WeightStationary);
        Assert.All(arrays, a => Assert.Equal(2048, a.Multiplications));
        Assert.All(arrays, a => Assert.Equal(512, a.ActivationBeatBits));
        Assert.All(arrays, a => Assert.InRange(a.WeightBeatBits, 1, 256));
        Assert.All(arrays, a => Assert.Equal(2048, a.Config.MaximumSteps * a.StepProducts));
        Assert.Equal(arrays.Count, arrays.Select(a => a.Config.Name).Distinct().Count());
    }

    [Fact]
    public void No_name_of_a_module_ends_in_another_after_an_underscore()
    {
        var arrays = EqualArrays.Formats.SelectMany(new EqualArrays(Dense).Of);
        string[] names = [.. arrays.SelectMany(a => a.Occurrences()).Concat(Dense.Top.Occurrences()).Select(o => o.Module.Name).Distinct()];
        Assert.DoesNotContain(names, name => names.Any(other => name.EndsWith($"_{other}", StringComparison.Ordinal)));
    }
}
