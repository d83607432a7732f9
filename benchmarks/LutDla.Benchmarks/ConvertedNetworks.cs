using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Data;
using LutDla.Networks.Execution;
using LutDla.Training.Conversion;
using LutDla.Training.Formats;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>
/// The networks that LUTBoost makes without training, kept under build/: conversion takes longer than all that is measured.
/// </summary>
internal static class ConvertedNetworks
{
    private const string Folder = "build/bench/networks";

    /// <summary>
    /// The network from the folder, or converted; delete the folder after a change of LUTBoost that its options do not show.
    /// </summary>
    public static QuantizedNetwork Get(FloatNetwork network, DistanceMetric metric, TextWriter output)
    {
        var path = Path.Combine(Folder, $"{network.Graph.Architecture}-{metric}.safetensors".ToLowerInvariant());
        var options = ConversionOptions.Fast with { Quantisation = new QuantisationOptions { Metric = metric } };
        var train = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Train);
        if (File.Exists(path) && ArtefactFile.Read(path) is var kept && LutBoost.IsResultOf(kept, network, train, options))
            return kept;

        output.WriteLine($"converting to {path}");
        Directory.CreateDirectory(Folder);
        var converted = LutBoost.Convert(network, train, options).Network;
        ArtefactFile.Write(path, converted);
        return converted;
    }
}
