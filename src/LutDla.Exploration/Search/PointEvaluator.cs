using LutDla.Boundary;
using LutDla.Exploration.Estimation;
using LutDla.Exploration.Spaces;
using LutDla.Hardware;
using LutDla.Mapping.Costs;
using LutDla.Mapping.Schedule;

namespace LutDla.Exploration.Search;

/// <summary>Why a point of a space is no candidate.</summary>
public enum PointVerdict
{
    /// <summary>It keeps all limits.</summary>
    Kept,

    /// <summary>The design breaks a rule.</summary>
    IllegalDesign,

    /// <summary>The core cannot run a layer of the network.</summary>
    NetworkDoesNotFit,

    /// <summary>It breaks a limit.</summary>
    BeyondLimits,

    /// <summary>Technology or macros do not say what a part of it costs.</summary>
    NotPriced,

    /// <summary>It cannot be estimated: a layer takes more cycles than are counted.</summary>
    Failed,
}

/// <summary>A point of a space and what it comes to.</summary>
/// <param name="Figures">Of points that the network fits; accuracy is no figure of a point but of its format.</param>
public readonly record struct EvaluatedPoint(PointVerdict Verdict, PointFigures Figures);

/// <summary>Estimates points of a space. For one thread at a time.</summary>
/// <param name="network">What is run.</param>
/// <param name="images">Examples whose rows go through a layer together.</param>
/// <param name="memory">What feeds the core; null is one that never stalls it.</param>
public sealed class PointEvaluator(DesignSpace space, INetworkPlan network, PartCosts costs, int images, MemoryPort? memory)
{
    // Accuracy is judged by format, where it is measured.
    private readonly Limit[] _limits = [.. space.Limits.Where(l => l.Quantity != Quantity.AccuracyDrop)];

    public EvaluatedPoint Evaluate(IReadOnlyList<int> places)
    {
        var config = space.ConfigAt(places);
        // The space has seen to it that each value is within its range.
        if (Core.Find(config) is not { } core)
            return new(PointVerdict.IllegalDesign, default);
        if (network.On(core) is not { } work)
            return new(PointVerdict.NetworkDoesNotFit, default);
        var cost = CoreEstimate.Of(core, costs);
        if (cost.Cost.Unpriced is not null)
            return new(PointVerdict.NotPriced, default);
        try
        {
            var layers = work.Layers.Select(l => (LayerCost.Of(core, "layer", l.Product, memory), l.Count));
            var figures = PointFigures.Of(NetworkEstimate.Of(cost, layers, images), accuracyDrop: null);
            return new(figures.Keeps(_limits) ? PointVerdict.Kept : PointVerdict.BeyondLimits, figures);
        }
        catch (InvalidInputException)
        {
            return new(PointVerdict.Failed, default);
        }
    }
}
