using LutDla.Baseline.Arrays;

namespace LutDla.Baseline.Products;

/// <summary>
/// The exact cycles of a product when nothing outside the array stalls: each event happens at the latest of the events that it waits for.
/// </summary>
public static class ArrayCycles
{
    /// <summary>Cycles from the reset to the last result.</summary>
    /// <exception cref="ArgumentException">A sum has more steps than the array keeps or counts.</exception>
    public static long Of(MacArray array, ProductShape shape)
    {
        IPassCycles model = array switch
        {
            OutputArray output => new OutputPassCycles(output),
            WeightArray weight => new WeightPassCycles(weight),
            _ => throw new InvalidOperationException($"No cycles are known for {array.Name}."),
        };
        foreach (var pass in ArrayPass.Of(array, shape))
            model.Next(pass);
        return model.LastResult;
    }

    /// <summary>The share of the array's multiplications that are ones of the product.</summary>
    public static double Utilisation(MacArray array, ProductShape shape) =>
        shape.Multiplications / ((double)(Of(array, shape) + 1) * array.Multiplications);
}

/// <summary>Pass after pass.</summary>
internal interface IPassCycles
{
    /// <summary>When the last result of all passes so far leaves; cycle 0 is the first after the reset.</summary>
    long LastResult { get; }

    void Next(ArrayPass pass);
}
