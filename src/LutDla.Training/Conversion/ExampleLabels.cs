using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;

namespace LutDla.Training.Conversion;

/// <summary>Labels of somebody's own examples.</summary>
public static class ExampleLabels
{
    /// <summary>A label is kept in a byte.</summary>
    private const int Values = 256;

    /// <summary>Examples for a network that tells more classes apart than occur in them, or that must say itself what they are.</summary>
    /// <exception cref="InvalidInputException">
    /// The network takes other examples, or they are unlabelled and it has more classes than labels can say.
    /// </exception>
    public static Dataset LabelledFor(this Dataset data, FloatNetwork network, CancellationToken cancellation = default)
    {
        var classes = network.Graph.Classes;
        var known = data.LacksClasses ? data with { Classes = Math.Max(classes, data.Classes) } : data;
        LutBoost.CheckShape(network.Graph, known);
        if (data.IsLabelled) return known;
        return classes <= Values
            ? known with { Labels = Array.ConvertAll(network.Classify(data, cancellation), found => (byte)found) }
            : throw new InvalidInputException(
                data.Name, "labels", "missing", $"Without labels a network may tell {Values} classes apart, not {classes}.",
                "Give labels.");
    }
}
