using System.CommandLine;
using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Networks.Data;
using LutDla.Networks.Files;

namespace LutDla.Cli;

/// <summary>Which sequences of tokens a command works on, instead of images.</summary>
internal sealed class SequenceOptions
{
    private readonly Option<string?> _tokens = new PathOption<string?>("--tokens", PathUse.Stays)
    {
        HelpName = "FOLDER",
        Description = "Instead of images: sequences of tokens, " +
            "calib_tokens_u16le.bin and calib_lengths.json to train with, eval_... to test with.",
    };

    private readonly Option<string?> _texts = new PathOption<string?>("--texts", PathUse.Stays)
    {
        HelpName = "FOLDER",
        Description = "Instead of images: labelled texts, train.csv and test.csv with the header text,category.",
    };

    /// <param name="excluded">Options that mean nothing to sequences.</param>
    public SequenceOptions(params IEnumerable<Option> excluded) => Options.Exclude(All, excluded);

    public IEnumerable<Option> All => [_tokens, _texts];

    /// <summary>Whether there are any.</summary>
    public bool AreGiven(CommandRun run) => run.Find(_tokens) is not null || run.Find(_texts) is not null;

    /// <summary>One part of them.</summary>
    /// <param name="vocabulary">How many different tokens the network knows.</param>
    /// <param name="longest">Tokens that it takes at most.</param>
    /// <exception cref="InvalidInputException">Files are missing or broken, or do not suit the network.</exception>
    public TokenData Read(CommandRun run, DatasetPart part, int vocabulary, int longest) => (run.Find(_tokens), run.Find(_texts)) switch
    {
        ({ } tokens, null) => TokenFolder.Read(tokens, part, vocabulary, longest),
        (null, { } texts) => TextFolder.Read(texts, part),
        _ => throw Both(),
    };

    private static InvalidInputException Both() =>
        new("command line", "--tokens, --texts", "both", "Only one can be worked on.", "Leave one out.");

    /// <summary>What a converted network remembers of them; null where their name cannot be kept.</summary>
    public DataOrigin? Origin(CommandRun run) => (run.Find(_tokens), run.Find(_texts)) switch
    {
        ({ } tokens, null) => Keep(new DataOrigin(DataKind.Tokens, FolderName(tokens))),
        (null, { } texts) => Keep(new DataOrigin(DataKind.Texts, FolderName(texts))),
        _ => null,
    };

    private static DataOrigin? Keep(DataOrigin origin) => origin.IsLegal ? origin : null;

    private static string FolderName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <summary>Sequences that a converted network takes.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public TokenData ReadFor(CommandRun run, DatasetPart part, QuantizedNetwork network)
    {
        var vocabulary = network.Input.Vocabulary
            ?? throw new InvalidInputException(
                "command line", "--tokens, --texts", network.Name, "The network takes images.", "Leave the sequences out.");
        var data = Read(run, part, vocabulary, network.Input.Width);
        return data.Vocabulary == vocabulary && data.Longest <= network.Input.Width
            ? data
            : throw new InvalidInputException(
                "command line", "--tokens, --texts", data.Name,
                $"{network.Name} takes {vocabulary} different tokens, not {data.Vocabulary}, " +
                $"and up to {network.Input.Width}, not {data.Longest} in a sequence.",
                "Give the sequences that the network was converted with.");
    }

    /// <summary>Sequences to train a float network with and to test it with.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public (TokenData Train, TokenData Test) ReadBoth(CommandRun run) => (run.Find(_tokens), run.Find(_texts)) switch
    {
        ({ } tokens, null) => TokenFolder.ReadBoth(tokens, LlamaFile.SmallPositions),
        (null, { } texts) => (TextFolder.Read(texts, DatasetPart.Train), TextFolder.Read(texts, DatasetPart.Test)),
        _ => throw Both(),
    };
}
