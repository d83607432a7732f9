using System.Collections.Immutable;
using LutDla.Golden.Rules;
using LutDla.Golden.Safetensors;

namespace LutDla.Golden.Artefact;

/// <summary>Tensors of an artefact by name. What is missing or of the wrong kind becomes a problem, and empty.</summary>
internal sealed class ArtefactTensorReader(SafetensorsReader file, ProblemList problems)
{
    public ImmutableArray<short> Shorts(string name) => Read(name, short.MinValue, short.MaxValue, v => (short)v);

    public ImmutableArray<int> Ints(string name) => Read(name, int.MinValue, int.MaxValue, v => v);

    private ImmutableArray<T> Read<T>(string name, int minimum, int maximum, Func<int, T> convert)
    {
        if (file.Find(name) is not { } tensor)
        {
            problems.Add(name, "missing", "The graph needs this tensor.");
            return [];
        }

        if (tensor.Type is not (SafetensorsType.I8 or SafetensorsType.I16 or SafetensorsType.I32))
        {
            problems.Add(name, tensor.Description, "The type must be I8, I16 or I32.");
            return [];
        }

        var values = file.ReadInt32s(name);
        if (values.Any(v => v < minimum || v > maximum))
        {
            problems.Add(name, tensor.Description, $"Every value must be {minimum} to {maximum}.");
            return [];
        }

        return [.. values.Select(convert)];
    }
}
