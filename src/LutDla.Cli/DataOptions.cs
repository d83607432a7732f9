using System.CommandLine;
using LutDla.Training.Data;

namespace LutDla.Cli;

/// <summary>Which images a command works on.</summary>
internal sealed class DataOptions
{
    public Option<DatasetName> Name { get; } = Options
        .Choice("--data", "Data set.", Enum.GetValues<DatasetName>(), DatasetSource.FolderName)
        .WithDefault(DatasetName.FashionMnist);

    public Option<string?> Folder { get; } = new("--data-folder")
    {
        HelpName = "FOLDER",
        Description = $"Where its files are; left out: under {DatasetSource.EnvironmentVariable}, else where the Debian package puts them.",
    };

    public IEnumerable<Option> All => [Name, Folder];

    /// <exception cref="Hardware.InvalidInputException">The data set is not there, or broken.</exception>
    public Dataset Load(CommandRun run, DatasetPart part) => DatasetSource.Load(run.Get(Name), part, run.Find(Folder));
}
