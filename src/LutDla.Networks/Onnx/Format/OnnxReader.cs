using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using LutDla.Boundary;

namespace LutDla.Networks.Onnx.Format;

/// <summary>Reads ONNX files. The numbers are those of the fields in onnx.proto.</summary>
internal sealed class OnnxReader
{
    private const string Mend = "This is no ONNX model, or it was cut or changed; export it again.";

    private readonly TensorReader _tensors;

    private OnnxReader(string folder) => _tensors = new TensorReader(folder);

    /// <summary>The model in a file, with external data from the file's folder.</summary>
    /// <exception cref="InvalidInputException">The file is missing, cut, too large, or no ONNX model.</exception>
    public static OnnxModel Read(string path)
    {
        if (FileFormats.Of(path) is { } format and not FileFormat.Onnx)
            throw format.Wrong(path, "It must be an ONNX model.");
        try
        {
            var bytes = ModelFile.ReadAll(path);
            return new OnnxReader(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "").Model(new MessageReader(bytes));
        }
        catch (OnnxFormatException e)
        {
            throw new InvalidInputException(path, e.Key, e.Value, e.Rule, Mend);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or DecoderFallbackException or OverflowException)
        {
            throw new InvalidInputException(path, "model", "not readable", e.Message, Mend);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(path, "file", "not readable", e.Message, "Give the path of an ONNX file.");
        }
    }

    private OnnxModel Model(MessageReader message)
    {
        OnnxModelGraph? graph = null;
        long? operators = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 7: graph = Graph(message.Message()); break;
                case 8: operators = StandardOperators(message.Message()) ?? operators; break;
                default: message.Skip(); break;
            }
        }

        return new OnnxModel(
            operators ?? throw new OnnxFormatException(
                "opset_import", "missing", "The model must name its version of the standard operators."),
            graph ?? throw new OnnxFormatException("graph", "missing", "The model must hold a graph."));
    }

    private static long? StandardOperators(MessageReader message)
    {
        var (domain, version) = ("", 0L);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: domain = message.Text(); break;
                case 2: version = message.Integer(); break;
                default: message.Skip(); break;
            }
        }

        return domain is "" or "ai.onnx" ? version : null;
    }

    private OnnxModelGraph Graph(MessageReader message)
    {
        var name = "";
        var nodes = ImmutableArray.CreateBuilder<OnnxModelNode>();
        var initialisers = ImmutableArray.CreateBuilder<OnnxTensor>();
        var inputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        var outputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: nodes.Add(Node(message.Message())); break;
                case 2: name = message.Text(); break;
                case 5: initialisers.Add(_tensors.Read(message.Message())); break;
                case 11: inputs.Add(ValueInfoReader.Read(message.Message())); break;
                case 12: outputs.Add(ValueInfoReader.Read(message.Message())); break;
                case 15: throw new OnnxFormatException("sparse_initializer", "present", "Sparse constants are not supported.");
                default: message.Skip(); break;
            }
        }

        return new OnnxModelGraph(name, nodes.ToImmutable(), initialisers.ToImmutable(), inputs.ToImmutable(), outputs.ToImmutable());
    }

    private OnnxModelNode Node(MessageReader message)
    {
        var (name, type, domain) = ("", "", "");
        var inputs = ImmutableArray.CreateBuilder<string>(0);
        var outputs = ImmutableArray.CreateBuilder<string>(0);
        var attributes = ImmutableArray.CreateBuilder<OnnxModelAttribute>(0);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: inputs.Add(message.Text()); break;
                case 2: outputs.Add(message.Text()); break;
                case 3: name = message.Text(); break;
                case 4: type = message.Text(); break;
                case 5: attributes.Add(Attribute(message.Message())); break;
                case 7: domain = message.Text(); break;
                default: message.Skip(); break;
            }
        }

        return new OnnxModelNode(name, type, domain, inputs.ToImmutable(), outputs.ToImmutable(), attributes.ToImmutable());
    }

    // A graph inside an attribute is skipped, so that files cannot nest: operators that have one are refused later, by their name.
    private OnnxModelAttribute Attribute(MessageReader message)
    {
        var (name, text, kind) = ("", "", 0L);
        List<long> integers = [];
        List<float> singles = [];
        OnnxTensor? tensor = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.Text(); break;
                case 2: singles.Add(message.Single()); break;
                case 3: integers.Add(message.Integer()); break;
                case 4: text = message.Text(); break;
                case 5: tensor = _tensors.Read(message.Message()); break;
                case 7: message.AddSingles(singles); break;
                case 8: message.AddIntegers(integers); break;
                case 20: kind = message.Integer(); break;
                default: message.Skip(); break;
            }
        }

        return new OnnxModelAttribute(
            name, kind is >= 0 and <= 7 ? (OnnxAttributeKind)kind : OnnxAttributeKind.Undefined, [.. integers], [.. singles], text, tensor);
    }
}
