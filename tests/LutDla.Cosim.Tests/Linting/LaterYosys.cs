using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Linting;

/// <summary>The Yosys that npm brings: <c>scripts/test.sh</c> installs it.</summary>
internal static class LaterYosys
{
    /// <summary>Skips the test where it is not there.</summary>
    public static async Task SkipIfMissingAsync()
    {
        try
        {
            await ExternalTool.YowaspYosys.VersionAsync(TestContext.Current.CancellationToken);
        }
        catch (MissingToolException e)
        {
            Assert.Skip(e.Message);
        }
    }
}
