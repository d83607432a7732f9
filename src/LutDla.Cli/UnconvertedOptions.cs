using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Networks.Definitions;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;

namespace LutDla.Cli;

/// <summary>What must be said of a float network where there are no examples for it.</summary>
internal sealed class UnconvertedOptions
{
    private readonly Option<Architecture?> _architecture = NetworkOptions.Architecture();

    private readonly Option<ImageShape?> _input = new("--input")
    {
        HelpName = "ROWSxCOLUMNSxCHANNELS", Description = "For published weights: the images that the network takes, such as 32x32x3.",
        CustomParser = Shape,
    };

    private readonly Option<int> _classes =
        Options.Integer("--classes", "For published weights: the classes that it tells apart.", 2, 1000).WithDefault(10);

    private readonly Option<string[]> _layers = FormatOptions.LayerRules();

    /// <param name="network">The option that names the network.</param>
    public UnconvertedOptions(Option network)
    {
        Options.Require(_architecture, network);
        Options.Require(_layers, network);
        Options.Require(_input, _architecture);
        Options.Require(_classes, _architecture);
        Options.Require(_architecture, _input);
    }

    public IEnumerable<Option> All => [_architecture, _input, _classes, _layers];

    /// <summary>A network, converted or as it would be converted for a core.</summary>
    /// <param name="images">Whose rows go through a layer together.</param>
    /// <exception cref="InvalidInputException">It cannot be read, is told what it says itself, or the core cannot run it.</exception>
    public EstimatedNetwork Read(CommandRun run, Core core, string file, int images)
    {
        if (!ArtefactFile.Is(file))
        {
            var graph = NetworkFile.ReadGraph(file, Published(run));
            return EstimatedNetwork.Planned(core, file, graph, FormatOptions.Of(core, run.Find(_layers) ?? []), images);
        }

        foreach (var option in All.Where(run.IsGiven))
        {
            throw new InvalidInputException(
                "command line", option.Name, file, "This network is converted already and says itself what it is.", "Leave it out.");
        }

        return EstimatedNetwork.Converted(core, file, images);
    }

    private FloatGraph? Published(CommandRun run)
    {
        if (run.Find(_architecture) is not { } architecture || run.Find(_input) is not { } input)
            return null;
        try
        {
            return Architectures.Build(architecture, input.Height, input.Width, input.Channels, run.Get(_classes));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidInputException(
                "command line", $"{_input.Name}, {e.ParamName}", $"{e.ActualValue}", e.Message.Split(" (Parameter")[0],
                $"Give images that {Architectures.Name(architecture)} takes.");
        }
    }

    private static ImageShape? Shape(ArgumentResult result)
    {
        var sides = result.Tokens[0].Value.Split('x')
            .Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0).ToArray();
        if (sides is [> 0 and var height, > 0 and var width, > 0 and var channels])
            return new(height, width, channels);
        result.AddError("must be rows x columns x channels, such as 32x32x3.");
        return null;
    }
}
