using System.Security.Cryptography;
using System.Text;
using LutDla.Exploration.Spaces;
using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Search;

/// <summary>A point of the front.</summary>
/// <param name="Hash">Of its configuration: how it is named where it is picked.</param>
public sealed record FrontPoint(long Point, string Hash, PointFormat Format, DesignConfig Config, PointFigures Figures);

/// <summary>The front of a space: that of each format, and what accuracy says of the formats.</summary>
public static class ExploredFront
{
    private const int HashDigits = 10;

    /// <param name="fronts">Of each format.</param>
    /// <param name="drops">Points of accuracy that a format loses; empty where accuracy is neither limit nor objective.</param>
    public static IReadOnlyList<FrontPoint> Of(
        DesignSpace space, IReadOnlyDictionary<PointFormat, Front> fronts, IReadOnlyDictionary<PointFormat, double> drops)
    {
        var front = new Front(space.Objectives);
        foreach (var (format, points) in fronts)
        {
            foreach (var (point, figures) in points.Points)
            {
                var whole = drops.TryGetValue(format, out var drop) ? figures.WithAccuracyDrop(drop) : figures;
                if (whole.Keeps(space.Limits) && space.Objectives.All(objective => !double.IsNaN(whole[objective])))
                    front.Add(point, whole);
            }
        }

        return
        [
            .. front.Points.Select(p =>
            {
                var config = space.ConfigAt(space.PlacesOf(p.Point));
                return new FrontPoint(p.Point, HashOf(config), PointFormat.Of(config), config, p.Figures);
            }),
        ];
    }

    /// <summary>Whether accuracy decides anything in a space.</summary>
    public static bool NeedsAccuracy(DesignSpace space) =>
        space.Objectives.Contains(Quantity.AccuracyDrop) || space.Limits.Any(l => l.Quantity == Quantity.AccuracyDrop);

    /// <summary>Ten hexadecimal digits.</summary>
    public static string HashOf(DesignConfig config) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DesignFile.Format(config))))[..HashDigits];
}
