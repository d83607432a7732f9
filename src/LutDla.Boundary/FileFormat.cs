namespace LutDla.Boundary;

/// <summary>Formats that people take for others; by what is in a file, whatever it is called.</summary>
public enum FileFormat
{
    Safetensors,
    Onnx,

    /// <summary>What torch.save writes since 1.6: a zip archive.</summary>
    TorchArchive,

    /// <summary>Python objects, among them what torch.save wrote before.</summary>
    Pickle,

    /// <summary>Arrays of numpy in a zip archive.</summary>
    NumpyArchive,

    /// <summary>An array of numpy.</summary>
    Numpy,

    /// <summary>A model of Keras 3: a zip archive.</summary>
    KerasArchive,
    Hdf5,
    TensorFlowLite,
    Gguf,
    Zip,
    Tar,

    /// <summary>Packed by gzip, bzip2, xz or zstd.</summary>
    Compressed,
    Picture,

    /// <summary>What a browser shows, instead of the file that should have been downloaded.</summary>
    WebPage,

    /// <summary>What Git puts in the place of a large file that was not fetched.</summary>
    LargeFilePointer,
    Json,
    Text,
    Empty,
}
