using LutDla.Boundary;
using LutDla.Golden.Safetensors;
using LutDla.Networks.Files;
using static TorchSharp.torch;

namespace LutDla.Training.Optimisation;

/// <summary>
/// A stopped training run: tensors by name, the next step, and what the run was started with. A run goes on only with what it was started
/// with.
/// </summary>
internal static class Checkpoint
{
    private const string Mend = "Start with the same options, or delete the checkpoint and start again.";

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="origin">Everything that determines the run: options and data.</param>
    public static void Write(string path, string origin, int nextStep, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var metadata = new Dictionary<string, string> { ["checkpoint"] = "1", ["origin"] = origin, ["next_step"] = $"{nextStep}" };
        TensorData[] encoded = [.. tensors.Select(pair => TensorBytes.Encode(pair.Key, pair.Value))];
        SafetensorsWriter.Write(path, SafetensorsChecksum.Seal(metadata, encoded), encoded);
    }

    /// <summary>Copies the tensors of a checkpoint into <paramref name="tensors"/>.</summary>
    /// <returns>The step to go on with; 0 where there is no file.</returns>
    /// <exception cref="InvalidInputException">The file is broken, or comes from a run with another origin.</exception>
    public static int Restore(string path, string origin, int steps, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        if (!File.Exists(path)) return 0;
        using var file = SafetensorsReader.Open(path);
        var found = file.Metadata.GetValueOrDefault("origin", "missing");
        if (found != origin) throw new InvalidInputException(path, "origin", found, $"This run is {origin}.", Mend);
        SafetensorsChecksum.Check(file, "Delete the checkpoint and start again.");
        var text = file.Metadata.GetValueOrDefault("next_step", "missing");
        if (!int.TryParse(text, out var nextStep) || nextStep < 0 || nextStep > steps)
            throw new InvalidInputException(path, "next_step", text, $"It must be 0 to {steps}.", Mend);
        foreach (var (name, tensor) in tensors) TensorBytes.Restore(file, name, tensor);
        return nextStep;
    }
}
