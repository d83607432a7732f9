using LutDla.Rtl;
using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>Proves that a co-simulation bites: it passes on a design and reports a difference on the design with a fault in it.</summary>
internal static class MutationCheck
{
    /// <param name="files">The sound design.</param>
    /// <param name="cosimulate">
    /// Runs a design; gives what is wrong with it, or nothing. A design that a tool refuses is found as well.
    /// </param>
    /// <returns>How the fault was found.</returns>
    public static async Task<string> FindAsync(
        IReadOnlyList<VerilogFile> files, TextMutation mutation, Func<IReadOnlyList<VerilogFile>, Task<string?>> cosimulate)
    {
        Assert.Null(await cosimulate(files));
        try
        {
            var difference = await cosimulate(mutation.Apply(files));
            Assert.True(difference is not null, $"Nothing found the fault {mutation}.");
            return difference;
        }
        catch (Exception e) when (e is SimulationFailedException or ToolException)
        {
            return e.Message;
        }
    }
}
