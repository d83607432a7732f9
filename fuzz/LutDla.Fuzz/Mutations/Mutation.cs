using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes a file: by what it is built of, or, one time in five, by its bytes alone.</summary>
internal static class Mutation
{
    private const int MostChanges = 3;

    public static byte[] Apply(FileKind kind, byte[] file, Random random)
    {
        for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
            file = random.Next(5) == 0 ? ByteMutation.Apply(file, random) : Apply(file, kind, random);
        return random.Next(50) == 0 ? ByteMutation.Packed(file, random) : file;
    }

    // A file that an earlier change has broken is no longer of its kind: only its bytes are left to change.
    private static byte[] Apply(byte[] file, FileKind kind, Random random)
    {
        try
        {
            return kind switch
            {
                FileKind.Json => JsonMutation.Apply(file, random),
                FileKind.Safetensors => SafetensorsMutation.Apply(file, random),
                FileKind.Onnx => ProtobufMutation.Apply(file, random),
                FileKind.Torch => TorchMutation.Apply(file, random),
                FileKind.Idx => ByteMutation.Header(file, random),
                FileKind.Text => TextMutation.Apply(file, random),
                FileKind.Binary => ByteMutation.Apply(file, random),
                _ => throw new InvalidOperationException($"Files of the kind {kind} are not known."),
            };
        }
        catch (FormatException)
        {
            return ByteMutation.Apply(file, random);
        }
    }
}
