namespace LutDla.Boundary;

/// <summary>What to say to somebody who gave a file of another format than is read.</summary>
public static class FormatAdvice
{
    private const string ByOnnx = "Export the model as ONNX.";

    private const string Unpack = "Unpack it and give the file in it.";

    /// <summary>What the file is, such as <c>an HDF5 file</c>.</summary>
    public static string Name(this FileFormat format) => format switch
    {
        FileFormat.Safetensors => "a safetensors file",
        FileFormat.Onnx => "an ONNX model",
        FileFormat.TorchArchive => "an archive of torch.save",
        FileFormat.Pickle => "Python objects (pickle), perhaps of torch.save",
        FileFormat.NumpyArchive => "arrays of numpy (npz)",
        FileFormat.Numpy => "an array of numpy (npy)",
        FileFormat.KerasArchive => "a model of Keras",
        FileFormat.Hdf5 => "an HDF5 file, as Keras writes it",
        FileFormat.TensorFlowLite => "a model of TensorFlow Lite",
        FileFormat.Gguf => "a GGUF file",
        FileFormat.Zip => "a zip archive",
        FileFormat.Tar => "a tar archive",
        FileFormat.Compressed => "a compressed file",
        FileFormat.Picture => "a picture",
        FileFormat.WebPage => "a web page, or XML",
        FileFormat.LargeFilePointer => "a pointer of Git LFS",
        FileFormat.Json => "JSON",
        FileFormat.Text => "text",
        FileFormat.Empty => "an empty file",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format has no name."),
    };

    /// <summary>What to do with it.</summary>
    public static string Mend(this FileFormat format) => format switch
    {
        FileFormat.Safetensors => "Give it where safetensors are read.",
        FileFormat.Onnx => "Float networks are converted first: lutdla convert --weights FILE.",
        FileFormat.TorchArchive or FileFormat.Pickle =>
            "Weights go to lutdla convert --weights FILE --architecture NAME; write other tensors by safetensors.torch.save_file.",
        FileFormat.NumpyArchive => "Write its arrays by safetensors.numpy.save_file(dict(numpy.load(FILE)), OUT).",
        FileFormat.Numpy => "Write it by safetensors.numpy.save_file({NAME: numpy.load(FILE)}, OUT).",
        FileFormat.KerasArchive or FileFormat.Hdf5 => $"{ByOnnx} Of other data, write the arrays by safetensors.numpy.save_file.",
        FileFormat.TensorFlowLite => ByOnnx,
        FileFormat.Gguf => "Give weights that are not quantised, as safetensors.",
        FileFormat.Zip or FileFormat.Tar or FileFormat.Compressed => Unpack,
        FileFormat.Picture => "Write pictures as one array of bytes, [count, channels, rows, columns], by safetensors.numpy.save_file.",
        FileFormat.WebPage => "Download the file itself; this is a page about it or a message of the server.",
        FileFormat.LargeFilePointer => "Fetch the file itself: git lfs pull.",
        FileFormat.Json or FileFormat.Text => "Check the path.",
        FileFormat.Empty => "Check the path, or write the file again.",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format has no advice."),
    };

    /// <summary>The problem of a file that must be of another format.</summary>
    /// <param name="rule">What it must be.</param>
    public static InvalidInputException Wrong(this FileFormat format, string path, string rule) =>
        new(path, "content", format.Name(), rule, format.Mend());
}
