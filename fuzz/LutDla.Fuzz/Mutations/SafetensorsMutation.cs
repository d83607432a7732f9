using System.Buffers.Binary;
using System.Text;
using LutDla.Boundary;
using LutDla.Golden.Safetensors;

namespace LutDla.Fuzz.Mutations;

/// <summary>Changes metadata, tensors and header of safetensors files; what carries a checksum mostly gets the right one again.</summary>
internal static class SafetensorsMutation
{
    private const string Graph = "graph";

    /// <exception cref="FormatException">It is no such file any more.</exception>
    public static byte[] Apply(byte[] file, Random random)
    {
        if (random.Next(4) == 0)
            return WithHeader(file, header => JsonMutation.Apply(header, random));
        var (metadata, tensors) = Read(file);
        if (random.Next(3) == 0 && tensors.Count > 0)
            Change(tensors, random);
        else
            Change(metadata, random);
        return Written(metadata, tensors, isSealed: metadata.ContainsKey(SafetensorsChecksum.Key) && random.Next(10) > 0);
    }

    private static void Change(Dictionary<string, string> metadata, Random random)
    {
        if (metadata.TryGetValue(Graph, out var graph) && random.Next(5) > 0)
            metadata[Graph] = JsonMutation.Apply(graph, random);
        else if (metadata.Count == 0 || random.Next(8) == 0)
            metadata[Hostile.Text(random)] = Hostile.Text(random);
        else if (random.Next(5) == 0)
            metadata.Remove(Hostile.Pick(random, [.. metadata.Keys]));
        else
            metadata[Hostile.Pick(random, [.. metadata.Keys])] = Hostile.Text(random);
    }

    private static void Change(List<TensorData> tensors, Random random)
    {
        var at = random.Next(tensors.Count);
        var tensor = tensors[at];
        switch (random.Next(6))
        {
            case 0:
                tensors.RemoveAt(at);
                break;
            case 1:
                tensors.Add(tensor with { Name = tensor.Name + "x" });
                break;
            case 2:
                tensors[at] = tensor with { Shape = [.. tensor.Shape.Reverse()] };
                break;
            case 3:
                tensors[at] = tensor with { Shape = [1, .. tensor.Shape] };
                break;
            default:
                tensors[at] = tensor with { Bytes = Changed(tensor, random) };
                break;
        }
    }

    private static byte[] Changed(TensorData tensor, Random random)
    {
        var bytes = tensor.Bytes.ToArray();
        var size = tensor.Type.Bytes();
        if (bytes.Length == 0)
            return bytes;
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var element = bytes.AsSpan(random.Next(bytes.Length / size) * size, size);
            if (tensor.Type == SafetensorsType.F32)
                BinaryPrimitives.WriteSingleLittleEndian(value, (float)Hostile.Real(random));
            else
                BinaryPrimitives.WriteInt64LittleEndian(value, Hostile.Integer(random));
            value[..size].CopyTo(element);
        }

        return bytes;
    }

    private static (Dictionary<string, string> Metadata, List<TensorData> Tensors) Read(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var reader = SafetensorsReader.Open(path);
            return (new(reader.Metadata), [.. reader.Tensors.Select(t => new TensorData(t.Name, t.Type, t.Shape, reader.ReadBytes(t)))]);
        }
        catch (InvalidInputException e)
        {
            throw new FormatException("This is no safetensors file.", e);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Written(Dictionary<string, string> metadata, List<TensorData> tensors, bool isSealed)
    {
        var path = Path.GetTempFileName();
        try
        {
            SafetensorsWriter.Write(path, isSealed ? SafetensorsChecksum.Seal(metadata, tensors) : metadata, tensors);
            return File.ReadAllBytes(path);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("Two tensors have one name, or a text is none.", e);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] WithHeader(byte[] file, Func<string, string> change)
    {
        if (file.Length < sizeof(long) || BinaryPrimitives.ReadInt64LittleEndian(file) is var length && (length < 0 || length > file.Length - sizeof(long)))
            throw new FormatException("It has no header.");
        var header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, sizeof(long), (int)length)));
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. file[(sizeof(long) + (int)length)..]];
    }
}
