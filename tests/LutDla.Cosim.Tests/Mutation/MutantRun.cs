using LutDla.Rtl.Cosimulation;
using LutDla.Rtl.Cosimulation.Regression;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>Runs the regression on a design's mutants, seed after seed, until one shows the fault.</summary>
internal sealed class MutantRun(MutantDesign design, StreamSimulator simulator)
{
    public static async Task<MutantRun> BuildAsync(MutantDesign design, SimulatorEffort effort, CancellationToken cancellation) => new(
        design,
        await StreamSimulator.BuildAsync(
            new DesignUnderTest(design.Core.TopName, design.Files, [.. design.Core.Streams.All.Select(s => s.Port)]) { IsNetlist = true },
            effort, ContentCache.Default, cancellation));

    /// <param name="number">Of the mutant; 0 is the sound design.</param>
    /// <param name="seeds">Tried one after another.</param>
    /// <returns>What shows the fault; nothing if no seed does.</returns>
    public async Task<string?> FirstProblemAsync(int number, IEnumerable<int> seeds, CancellationToken cancellation)
    {
        var run = new SeedRun(design.Core, simulator) { PlusArguments = [FaultChoice.Argument(number)] };
        foreach (var seed in seeds)
        {
            if (await ProblemAsync(run, seed, cancellation) is { } problem)
                return $"seed {seed}: {problem}";
        }

        return null;
    }

    // A fault may make the simulator itself stop, as a loop without an end does.
    private static async Task<string?> ProblemAsync(SeedRun run, int seed, CancellationToken cancellation)
    {
        try
        {
            return (await run.RunAsync(seed, coverageFile: null, cancellation)).Problem;
        }
        catch (ToolException e)
        {
            return e.Message;
        }
    }
}
