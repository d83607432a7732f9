using LutDla.Golden.Model;

namespace LutDla.Training.Formats;

/// <summary>A layer of lookups before it is made.</summary>
/// <param name="InputCount">Of a row, K: input channels times window.</param>
/// <param name="OutputChannels">N.</param>
/// <param name="RowsPerExample">M of an image, or of the longest sequence.</param>
/// <param name="OutputBits">Of a result; one with a ceiling may come to need fewer.</param>
public sealed record PlannedLayer(
    string Name, LutSizes Sizes, int InputCount, int OutputChannels, int RowsPerExample, int OutputBits);
