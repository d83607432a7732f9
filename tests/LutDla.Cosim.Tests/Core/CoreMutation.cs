using LutDla.Cosim.Tests.Mutation;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Rendering;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Core;

/// <summary>A fault of one token in the files of a small core.</summary>
internal static class CoreMutation
{
    /// <summary>Fails where random layers do not show the fault; the log says how it showed.</summary>
    /// <param name="module">Name of the module without the design's prefix.</param>
    public static async Task AssertFoundAsync(DesignConfig config, string module, string line, string sound, string faulty)
    {
        var mutation = new TextMutation($"{config.Name}_{module}.v", line, sound, faulty);
        var core = HardwareCore.From(config);
        var cancellation = TestContext.Current.CancellationToken;

        var found = await MutationCheck.FindAsync(
            new DesignRenderer(TemplateRenderer.Default).Render(core), mutation,
            files => CoreCheck.FirstDifferenceAsync(core, files, cancellation));

        TestContext.Current.TestOutputHelper?.WriteLine(found);
    }
}
