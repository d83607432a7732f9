using System.CommandLine;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Networks.Data;

namespace LutDla.Cli;

/// <summary>Which images a command works on.</summary>
internal sealed class DataOptions
{
    private const DatasetName Default = DatasetName.FashionMnist;

    private readonly bool _hasTest;

    private readonly Option<DatasetName?> _name;

    private readonly Option<string?> _folder = new PathOption<string?>("--data-folder", PathUse.Stays)
    {
        HelpName = "FOLDER",
        Description = $"Where its files are; left out: under {DatasetSource.EnvironmentVariable}, else where the Debian package puts them.",
    };

    private readonly Option<string?> _examples = new PathOption<string?>("--examples", PathUse.Stays)
    {
        HelpName = "FILE",
        Description = "Instead of a data set, your own examples, safetensors: inputs [count, channels, rows, columns] or " +
            "[count, numbers], bytes or numbers that the network takes, and perhaps labels [count].",
    };

    private readonly Option<string?> _testExamples = new PathOption<string?>("--test-examples", PathUse.Stays)
    {
        HelpName = "FILE", Description = "Examples to test with, of the same kind; left out: a tenth of the others.",
    };

    /// <param name="hasTest">Whether there may be other examples to test with.</param>
    /// <param name="isRemembered">Whether the command takes a converted network, which remembers its data.</param>
    public DataOptions(bool hasTest = false, bool isRemembered = false)
    {
        _hasTest = hasTest;
        var standard = $"{(isRemembered ? "what the network was converted with, else " : "")}{DatasetSource.FolderName(Default)}";
        _name = Options.OptionalChoice(
            "--data", $"Data set; left out: {standard}.", Enum.GetValues<DatasetName>(), DatasetSource.FolderName);
        Options.Exclude([_examples], _name, _folder);
    }

    public IEnumerable<Option> All => _hasTest ? [_name, _folder, _examples, _testExamples] : [_name, _folder, _examples];

    /// <summary>
    /// Images to test a converted network with: those that are named; else those that it remembers, if they are a data set, or a file
    /// beside the network with the same content. What is taken because the network names it is told.
    /// </summary>
    /// <param name="file">The network's.</param>
    /// <exception cref="InvalidInputException">There are none, they are broken, or of another shape.</exception>
    public Dataset LoadFor(CommandRun run, string file, QuantizedNetwork network)
    {
        if (network.Input.Vocabulary is not null)
        {
            throw new InvalidInputException(
                "command line", _name.Name, network.Name, $"{network.Name} takes tokens, not images.",
                $"Give --tokens or --texts{OriginNote(network.Data)}.");
        }

        var (input, data) = (network.Input, Data(run, file, network));
        return (data.Height, data.Width, data.Channels) == (input.Height, input.Width, input.Channels)
            ? data
            : throw new InvalidInputException(
                "command line", _name.Name, data.Name,
                $"must have the images that {network.Name} takes: {input.Height} x {input.Width} x {input.Channels}, " +
                $"not {data.Height} x {data.Width} x {data.Channels}.",
                $"Name another data set{OriginNote(network.Data)}.");
    }

    /// <summary>What a converted network remembers of the data; null where its name cannot be kept.</summary>
    /// <exception cref="IOException">A file of examples cannot be read.</exception>
    public DataOrigin? Origin(CommandRun run) => (run.Find(_examples), _hasTest ? run.Find(_testExamples) : null) switch
    {
        (null, _) => new(DataKind.Dataset, DatasetSource.FolderName(Name(run))),
        (_, { } test) => ExamplesOrigin.Of(test, isSplit: false),
        ({ } examples, null) => ExamplesOrigin.Of(examples, isSplit: true),
    };

    private Dataset Data(CommandRun run, string file, QuantizedNetwork network)
    {
        if (run.Find(_examples) is { } examples) return Given(run, examples, network);
        return run.Find(_name) is not null ? Load(run, DatasetPart.Test) : Known(run, file, network);
    }

    private static Dataset Given(CommandRun run, string path, QuantizedNetwork network)
    {
        var data = ExamplesFile.ReadFor(path, network.Input);
        if (network.Data is { IsSplit: true } origin && ExamplesOrigin.IsSame(path, origin))
            run.Terminal.Line($"{path}: most of these are the examples that {network.Name} was converted with, and tell little of others.");
        return data;
    }

    private Dataset Known(CommandRun run, string file, QuantizedNetwork network)
    {
        switch (network.Data)
        {
            case null:
                return Load(run, DatasetPart.Test);
            case { Kind: DataKind.Dataset, Name: var name } when DatasetSource.Find(name) is { } known:
                run.Terminal.Line($"Data: {name}, as {network.Name} was converted with.");
                return DatasetSource.Load(known, DatasetPart.Test, run.Find(_folder));
            case { Kind: DataKind.Examples } origin when ExamplesOrigin.FindBeside(file, origin) is { } path:
                var part = origin.IsSplit ? ", the tenth kept for the test" : "";
                run.Terminal.Line($"Examples: {path}{part}, as {network.Name} was converted with.");
                return origin.IsSplit ? ExamplesFile.ReadTestFor(path, network.Input) : ExamplesFile.ReadFor(path, network.Input);
            case { } origin:
                throw new InvalidInputException(
                    "command line", "--examples, --data", "(none)", $"{network.Name} was converted with other data: {origin.Name}.",
                    origin.Kind == DataKind.Examples ? $"Give --examples, or put the same {origin.Name} beside {file}." : "Name the data.");
        }
    }

    private static string OriginNote(DataOrigin? origin) => origin is null ? "" : $"; it was converted with {origin.Name}";

    /// <summary>Images to train with and images to test with, of one shape.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public (Dataset Train, Dataset Test) LoadBoth(CommandRun run) => (run.Find(_examples), _hasTest ? run.Find(_testExamples) : null) switch
    {
        ({ } examples, var test) => ExamplesFile.ReadBoth(examples, test),
        (null, null) => DatasetSource.LoadBoth(Name(run), run.Find(_folder)),
        var (_, test) => throw new InvalidInputException(
            "command line", _testExamples.Name, $"{test}", "There are no examples to convert with.", "Give --examples, too."),
    };

    /// <exception cref="InvalidInputException">The data set is not there, or broken.</exception>
    private Dataset Load(CommandRun run, DatasetPart part) => DatasetSource.Load(Name(run), part, run.Find(_folder));

    private DatasetName Name(CommandRun run) => run.Find(_name) ?? Default;
}
