using System.CommandLine;
using LutDla.Training.Data;

namespace LutDla.Cli;

/// <summary>Which sequences of tokens a command works on, instead of images.</summary>
internal sealed class SequenceOptions
{
    private readonly Option<string?> _tokens = new("--tokens")
    {
        HelpName = "FOLDER",
        Description = "Instead of images: sequences of tokens, calib_tokens_u16le.bin and calib_lengths.json to train with, eval_... to test with.",
    };

    public IEnumerable<Option> All => [_tokens];

    /// <summary>Whether there are any.</summary>
    public bool AreGiven(CommandRun run) => run.Find(_tokens) is not null;

    /// <summary>One part of them.</summary>
    /// <param name="vocabulary">How many different tokens the network knows.</param>
    /// <param name="longest">Tokens that it takes at most.</param>
    /// <exception cref="Hardware.InvalidInputException">Files are missing or broken, or do not suit the network.</exception>
    public TokenData Read(CommandRun run, DatasetPart part, int vocabulary, int longest) =>
        TokenFolder.Read(run.Find(_tokens) ?? "", part, vocabulary, longest);
}
