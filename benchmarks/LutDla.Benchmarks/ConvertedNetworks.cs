using LutDla.Golden;
using LutDla.Hardware;
using LutDla.Training.Conversion;
using LutDla.Training.Data;
using LutDla.Training.Networks;

namespace LutDla.Benchmarks;

/// <summary>The networks that LUTBoost makes without training, kept under build/: conversion takes longer than all that is measured.</summary>
internal static class ConvertedNetworks
{
    private const string Folder = "build/bench";

    /// <summary>The network from the folder, or converted; delete the folder after a change of LUTBoost.</summary>
    public static QuantizedNetwork Get(FloatNetwork network, DistanceMetric metric, TextWriter output)
    {
        var path = Path.Combine(Folder, $"{network.Graph.Architecture}-{metric}.safetensors".ToLowerInvariant());
        if (!File.Exists(path))
        {
            output.WriteLine($"converting to {path}");
            Directory.CreateDirectory(Folder);
            var options = ConversionOptions.Fast with { Quantisation = new QuantisationOptions { Metric = metric } };
            ArtefactFile.Write(path, LutBoost.Convert(network, DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Train), options).Network);
        }

        return ArtefactFile.Read(path);
    }
}
