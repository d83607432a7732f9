using LutDla.Cosim.Tests.Core;

namespace LutDla.Cosim.Tests.Baseline;

/// <summary>The trees of arrays against what Yosys makes of their Verilog.</summary>
public sealed class ArrayTreeTests
{
    public static TheoryData<string> Names { get; } = [.. ArrayCase.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_tree_is_the_hierarchy_that_yosys_elaborates(string name)
    {
        var array = ArrayCase.All[name];
        var hierarchy = await ElaboratedHierarchy.ReadAsync(array.Array.TopName, array.Files, TestContext.Current.CancellationToken);

        Assert.Equal(ModuleLines.Of(hierarchy.Modules()), ModuleLines.Of(name, array.Array));
    }
}
