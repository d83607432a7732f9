using System.CommandLine;
using LutDla.Boundary;
using LutDla.Cli.Output;

namespace LutDla.Cli;

/// <summary>Results that would take the place of what the command reads, or of another result of it.</summary>
internal static class PathClashes
{
    private const string Source = "command line";

    private const string Mend = "Name another place.";

    /// <summary>Refuses them before any work. Devices and pipes may be named several times.</summary>
    /// <exception cref="InvalidInputException">There are some; holds all.</exception>
    public static void Check(ParseResult parse)
    {
        var paths = parse.CommandResult.Command.Options.Append(CommonOptions.Json).OfType<IPathOption>().Distinct()
            .SelectMany(option => Paths(parse, (Option)option, option.Use)).Index().ToArray();
        InputProblem[] problems =
        [
            .. from written in paths where written.Item.Use != PathUse.Stays
               from other in paths where other.Item.Option != written.Item.Option
               // Of two results in one place the later one is the problem.
               where written.Item.Place != other.Item.Place || other.Item.Use == PathUse.Stays || other.Index < written.Index
               let problem = Find(written.Item, other.Item) where problem is not null
               select problem,
        ];
        if (problems.Length > 0)
            throw new InvalidInputException(problems);
    }

    private static InputProblem? Find(NamedPath written, NamedPath other)
    {
        if (written.Place == other.Place)
        {
            var rule = written.IsBeside ? $"needs {written.Place}, which is {other.What}." : $"is also {other.What}.";
            return new(Source, written.Option, written.Given, rule, Mend);
        }

        var folder = Path.TrimEndingDirectorySeparator(written.Place) + Path.DirectorySeparatorChar;
        return !other.IsBeside && other.Place.StartsWith(folder, StringComparison.Ordinal)
            ? new(Source, other.Option, other.Given, $"must not lie below {written.What}, {written.Given}.", Mend)
            : null;
    }

    private static IEnumerable<NamedPath> Paths(ParseResult parse, Option option, PathUse use)
    {
        foreach (var token in parse.GetResult(option)?.Tokens ?? [])
        {
            if (Place(token.Value, use) is not { } place)
                continue;
            yield return new(option.Name, use, token.Value, place, IsBeside: false);
            if (use == PathUse.IsWrittenResumably && OutputFile.Checkpoint(token.Value) is { } checkpoint)
                yield return new(option.Name, use, token.Value, OutputPlace.WithoutLinks(checkpoint), IsBeside: true);
            if (use == PathUse.IsReplaced)
                yield return new(option.Name, use, token.Value, OutputFolder.LockOf(place), IsBeside: true);
        }
    }

    // None where what is wrong with it is told where it is used.
    private static string? Place(string path, PathUse use)
    {
        if (path is "" or JsonFile.StandardOutput)
            return null;
        try
        {
            var place = OutputPlace.Of(path);
            var isNoFile = use is PathUse.IsWritten or PathUse.IsWrittenResumably && place.Existing is { Kind: FileKind.Folder };
            return place.IsStream || isNoFile ? null : OutputPlace.WithoutLinks(path);
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            return null;
        }
    }

    /// <param name="Given">As on the command line.</param>
    /// <param name="Place">Without links.</param>
    /// <param name="IsBeside">Whether it is a file that the option needs besides what it names.</param>
    private sealed record NamedPath(string Option, PathUse Use, string Given, string Place, bool IsBeside)
    {
        public string What => IsBeside ? $"what {Option} needs besides" : $"what {Option} names";
    }
}
