using LutDla.Networks.Data;

namespace LutDla.Cli.Output;

/// <summary>What must be known to read an accuracy.</summary>
internal static class AccuracyRemarks
{
    /// <summary>Says how a single score decides, and where an accuracy means little.</summary>
    /// <param name="test">What was measured on; without labels of its own it has those that the float network gives.</param>
    /// <param name="scores">How many the network gives.</param>
    public static void Show(Terminal terminal, Dataset test, int scores)
    {
        if (scores == 1)
            terminal.Line("The network gives one score: above 0, where its sigmoid is above 1/2, it means class 1, else class 0.");
        if (test.Labels.Distinct().Take(2).Count() == 1)
        {
            terminal.Line(
                $"{(test.IsLabelled ? "All examples are" : "To the float network all examples are")} of class {test.Labels[0]}, " +
                "so the share says little: a network that always says so is right, too.");
        }
    }
}
