using LutDla.Boundary;
using LutDla.Networks.Onnx.Format;
using LutDla.Networks.Onnx.Passes;
using LutDla.Networks.Runtime;

namespace LutDla.Networks.Onnx;

/// <summary>Imports networks from ONNX files, operator sets 7 to 21.</summary>
public static class OnnxImport
{
    internal const long FirstOperatorSet = 7;

    internal const long LastOperatorSet = 21;

    /// <summary>The network in a file, with shapes as numbers, constants computed and known spellings recognised.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing, broken, or holds something that is not supported; names every such node.
    /// </exception>
    public static ImportedGraph Read(string path, OnnxImportOptions options)
    {
        return Read(path, OnnxReader.Read(path), options);
    }

    /// <summary>The network in a model that came from <paramref name="path"/>.</summary>
    internal static ImportedGraph Read(string path, OnnxModel model, OnnxImportOptions options)
    {
        if (model.OperatorSet is < FirstOperatorSet or > LastOperatorSet)
        {
            throw new InvalidInputException(
                path, "opset_import", $"{model.OperatorSet}", $"The operator set must be {FirstOperatorSet} to {LastOperatorSet}.",
                "Export the model with another operator set.");
        }

        TorchRuntime.EnsureLoaded();
        return Simplify(new GraphImporter(path, model, options).Import(), options);
    }

    private static ImportedGraph Simplify(ImportedGraph graph, OnnxImportOptions options)
    {
        graph = IdentityRemoval.Apply(graph);
        graph = GeluRecognition.Apply(graph);
        graph = LayerNormRecognition.Apply(graph);
        if (options.FoldsNormalisation) graph = BatchNormFolding.Apply(graph);
        return UnusedRemoval.Apply(graph);
    }
}
