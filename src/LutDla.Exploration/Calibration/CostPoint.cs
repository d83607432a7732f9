using LutDla.Hardware.Modules;

namespace LutDla.Exploration.Calibration;

/// <summary>What a module's cost is a function of.</summary>
/// <param name="Names">Of the amounts.</param>
/// <param name="Amounts">What the cost is a sum over; the first is 1, for what is always there.</param>
/// <param name="Place">Where the module lies among others of its kind; distances tell how alike they are.</param>
public sealed record CostPoint(IReadOnlyList<string> Names, double[] Amounts, double[] Place)
{
    /// <summary>Of area and leakage: what the module is made of.</summary>
    public static CostPoint OfModule(Module module) => new(
        ["always", .. module.Structure.Select(term => term.Name)], [1, .. module.Structure.Select(term => term.Amount)], PlaceOf(module));

    /// <summary>Of the energy of a cycle: what the module is made of, always and in the time that its part of the core is busy.</summary>
    public static CostPoint OfActivity(Module module, Activity activity)
    {
        var still = OfModule(module);
        double[] shares = [1, activity.Search, activity.Lookup, activity.Tables, activity.Results];
        string[] times = ["", " in search", " in lookup", " in loads", " in results"];
        return new(
            [.. times.SelectMany(time => still.Names.Select(name => $"{name}{time}"))],
            [.. shares.SelectMany(share => still.Amounts.Select(amount => amount * share))],
            still.Place);
    }

    /// <summary>Of delays, which grow with the depth of trees.</summary>
    public static CostPoint OfPath(Module module) => new(
        ["always", .. module.Structure.Select(term => $"log2 {term.Name}")],
        [1, .. module.Structure.Select(term => Math.Log(1 + term.Amount) / Math.Log(2))], PlaceOf(module));

    /// <summary>The mean of points of one kind, each so often.</summary>
    public static CostPoint Mean(IReadOnlyList<(CostPoint Point, long Count)> points)
    {
        var all = (double)points.Sum(p => p.Count);
        double[] Of(Func<CostPoint, double[]> values) =>
            [.. values(points[0].Point).Select((_, i) => points.Sum(p => p.Count * values(p.Point)[i]) / all)];
        return points[0].Point with { Amounts = Of(p => p.Amounts), Place = Of(p => p.Place) };
    }

    private static double[] PlaceOf(Module module) =>
        [.. module.Structure.Select(term => Math.Log(1 + term.Amount)), .. module.Parameters.Select(p => Math.Log(1 + p.Value))];
}
