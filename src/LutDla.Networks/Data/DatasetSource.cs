using LutDla.Boundary;

namespace LutDla.Networks.Data;

/// <summary>The data sets that the project knows by name.</summary>
public enum DatasetName
{
    /// <summary>60,000 + 10,000 grey images of clothes, 28 x 28; Debian package dataset-fashion-mnist.</summary>
    FashionMnist,

    /// <summary>60,000 + 10,000 grey digits, 28 x 28.</summary>
    Mnist,

    /// <summary>50,000 + 10,000 colour images, 32 x 32.</summary>
    Cifar10,
}

/// <summary>Which half of a data set.</summary>
public enum DatasetPart
{
    Train,
    Test,
}

/// <summary>
/// Finds data sets: in the folder given, else under the environment variable LUTDLA_DATA, else where Debian's package puts it.
/// </summary>
public static class DatasetSource
{
    /// <summary>The environment variable that names a folder with one folder a data set.</summary>
    public const string EnvironmentVariable = "LUTDLA_DATA";

    private const string DebianFolder = "/usr/share/datasets";

    /// <summary>The name of the data set's folder: fashion-mnist, mnist or cifar10.</summary>
    public static string FolderName(DatasetName name) => name switch
    {
        DatasetName.FashionMnist => "fashion-mnist",
        DatasetName.Mnist => "mnist",
        DatasetName.Cifar10 => "cifar10",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No folder is known for this data set."),
    };

    /// <summary>The data set of that folder's name, or null.</summary>
    public static DatasetName? Find(string folderName) =>
        Enum.GetValues<DatasetName>().Where(name => FolderName(name) == folderName).Select(name => (DatasetName?)name).FirstOrDefault();

    /// <summary>Reads one half of a data set.</summary>
    /// <param name="folder">The folder with the data set's files (option --data-folder), or null to look in the usual places.</param>
    /// <exception cref="InvalidInputException">
    /// Not found (the message says where it was looked for and what to install), or broken.
    /// </exception>
    public static Dataset Load(DatasetName name, DatasetPart part, string? folder = null)
    {
        var files = FileNames(name, part);
        var places = Places(name, folder).ToList();
        foreach (var place in places)
        {
            var paths = files.Select(file => Existing(place, file)).ToList();
            if (paths.TrueForAll(path => path is not null)) return Read(name, [.. paths.OfType<string>()]);
        }

        throw new InvalidInputException(
            "command line", folder is null ? "--data" : "--data-folder", folder ?? FolderName(name),
            $"{(places.Count == 1 ? $"The folder {places[0]} does not hold" : $"None of {string.Join(", ", places)} holds")} " +
            $"{string.Join(", ", files)}.",
            name == DatasetName.FashionMnist
                ? "Run apt-get install dataset-fashion-mnist, or give the folder with --data-folder."
                : $"Give the folder with --data-folder, or set {EnvironmentVariable} to the folder that holds {FolderName(name)}.");
    }

    /// <summary>Reads both halves, of images of one shape.</summary>
    /// <inheritdoc cref="Load"/>
    public static (Dataset Train, Dataset Test) LoadBoth(DatasetName name, string? folder = null)
    {
        var (train, test) = (Load(name, DatasetPart.Train, folder), Load(name, DatasetPart.Test, folder));
        return train.Shape == test.Shape
            ? (train, test)
            : throw new InvalidInputException(
                folder ?? FolderName(name), "test images", test.Shape, $"The training images are {train.Shape}.",
                "Put both halves of one data set there.");
    }

    private static IEnumerable<string> Places(DatasetName name, string? folder)
    {
        if (folder is not null) return [folder];
        var root = Environment.GetEnvironmentVariable(EnvironmentVariable);
        string?[] roots = [root, DebianFolder];
        return roots.Where(place => !string.IsNullOrEmpty(place)).Select(place => Path.Combine(place ?? "", FolderName(name)));
    }

    private static string[] FileNames(DatasetName name, DatasetPart part) => (name, part) switch
    {
        (DatasetName.Cifar10, DatasetPart.Train) => [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")],
        (DatasetName.Cifar10, DatasetPart.Test) => ["test_batch.bin"],
        (_, DatasetPart.Train) => ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
        (_, DatasetPart.Test) => ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No files are known for this part."),
    };

    private static string? Existing(string folder, string file) =>
        new[] { file, file + ".gz" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static Dataset Read(DatasetName name, string[] paths) => name == DatasetName.Cifar10
        ? Cifar10File.Read(FolderName(name), paths)
        : IdxFile.Read(FolderName(name), paths[0], paths[1]);
}
