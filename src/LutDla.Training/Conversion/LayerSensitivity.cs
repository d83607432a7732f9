namespace LutDla.Training.Conversion;

/// <summary>What converting one layer alone does to a network, without training.</summary>
/// <param name="Divergence">
/// Kullback-Leibler divergence of the classes' probabilities from those of the float network, in nats, mean over images that the conversion
/// has not seen.
/// </param>
/// <param name="Agreement">Share of these images whose most probable class is the float network's, 0 to 1.</param>
public sealed record LayerSensitivity(LayerReport Layer, double Divergence, double Agreement);
