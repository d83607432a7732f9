using LutDla.Hardware.Configuration;

namespace LutDla.Exploration.Spaces;

/// <summary>Designs that differ from one in some values: every combination of them is a point.</summary>
/// <param name="Base">What all have in common.</param>
/// <param name="Limits">What a point must keep.</param>
/// <param name="Objectives">What makes one better than another; several make a front.</param>
public sealed record DesignSpace(
    DesignConfig Base, IReadOnlyList<DesignAxis> Axes, IReadOnlyList<Limit> Limits, IReadOnlyList<Quantity> Objectives)
{
    /// <summary>Objectives that an estimate tells: all but accuracy, which is the same for all points of a format.</summary>
    public IReadOnlyList<Quantity> EnumeratedObjectives => [.. Objectives.Where(o => o != Quantity.AccuracyDrop)];

    /// <summary>Points, the illegal ones among them.</summary>
    /// <exception cref="OverflowException">More than are counted in 63 bits.</exception>
    public long Count => Axes.Aggregate(1L, (count, axis) => checked(count * axis.Values.Count));

    /// <summary>The place on each axis of a point; the last axis changes fastest.</summary>
    /// <param name="point">From 0 to <see cref="Count"/> - 1.</param>
    public int[] PlacesOf(long point)
    {
        var places = new int[Axes.Count];
        for (var i = Axes.Count - 1; i >= 0; i--)
            (point, places[i]) = ((long, int))Math.DivRem(point, Axes[i].Values.Count);
        return places;
    }

    /// <summary>The number of a point.</summary>
    public long PointAt(IReadOnlyList<int> places)
    {
        var point = 0L;
        for (var i = 0; i < Axes.Count; i++)
            point = point * Axes[i].Values.Count + places[i];
        return point;
    }

    /// <summary>Its configuration, legal or not.</summary>
    public DesignConfig ConfigAt(IReadOnlyList<int> places) =>
        DesignKey.With(Base, Axes.Select((axis, i) => (axis.Key, axis.Values[places[i]])));
}
