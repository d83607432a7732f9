using System.CommandLine;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Networks.Data;

namespace LutDla.Cli;

/// <summary>Which images a command works on.</summary>
/// <param name="hasTest">Whether there may be other examples to test with.</param>
internal sealed class DataOptions(bool hasTest = false)
{
    public Option<DatasetName> Name { get; } = Options
        .Choice("--data", "Data set.", Enum.GetValues<DatasetName>(), DatasetSource.FolderName)
        .WithDefault(DatasetName.FashionMnist);

    public Option<string?> Folder { get; } = new("--data-folder")
    {
        HelpName = "FOLDER",
        Description = $"Where its files are; left out: under {DatasetSource.EnvironmentVariable}, else where the Debian package puts them.",
    };

    private readonly Option<string?> _examples = new("--examples")
    {
        HelpName = "FILE",
        Description = "Instead of a data set, your own examples, safetensors: inputs [count, channels, rows, columns] or [count, numbers], bytes or numbers that " +
            "the network takes, and perhaps labels [count].",
    };

    private readonly Option<string?> _testExamples = new("--test-examples")
    {
        HelpName = "FILE", Description = "Examples to test with, of the same kind; left out: a tenth of the others.",
    };

    public IEnumerable<Option> All => hasTest ? [Name, Folder, _examples, _testExamples] : [Name, Folder, _examples];

    /// <summary>Images of the shape that a network takes.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public Dataset LoadFor(CommandRun run, DatasetPart part, QuantizedNetwork network)
    {
        var data = run.Find(_examples) is { } path ? ExamplesFile.ReadFor(path, network.Input) : Load(run, part);
        if (network.Input.Vocabulary is not null)
            throw new InvalidInputException("command line", Name.Name, data.Name, $"{network.Name} takes tokens, not images.", "Give --tokens or --texts.");
        return (data.Height, data.Width, data.Channels) == (network.Input.Height, network.Input.Width, network.Input.Channels)
            ? data
            : throw new InvalidInputException(
                "command line", Name.Name, data.Name,
                $"must have the images that {network.Name} takes: {network.Input.Height} x {network.Input.Width} x {network.Input.Channels}, not {data.Height} x {data.Width} x {data.Channels}.",
                "Name another data set.");
    }

    /// <summary>Images to train with and images to test with, of one shape.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public (Dataset Train, Dataset Test) LoadBoth(CommandRun run) => (run.Find(_examples), hasTest ? run.Find(_testExamples) : null) switch
    {
        ({ } examples, var test) => ExamplesFile.ReadBoth(examples, test),
        (null, null) => DatasetSource.LoadBoth(run.Get(Name), run.Find(Folder)),
        var (_, test) => throw new InvalidInputException("command line", _testExamples.Name, $"{test}", "There are no examples to convert with.", "Give --examples, too."),
    };

    /// <exception cref="InvalidInputException">The data set is not there, or broken.</exception>
    private Dataset Load(CommandRun run, DatasetPart part) => DatasetSource.Load(run.Get(Name), part, run.Find(Folder));
}
