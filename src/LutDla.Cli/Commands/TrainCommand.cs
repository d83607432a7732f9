using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Networks.Data;
using LutDla.Networks.Definitions;
using LutDla.Networks.Execution;
using LutDla.Networks.Files;
using LutDla.Training.FloatTraining;
using LutDla.Training.Optimisation;

namespace LutDla.Cli.Commands;

/// <summary>Trains a float network: what LUTBoost converts.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var network = Options.Choice("--network", "Architecture.", Enum.GetValues<Architecture>(), Architectures.Name);
        var data = new DataOptions();
        var sequences = new SequenceOptions(data.All);
        var epochs = Options.OptionalInteger(
            "--epochs", "How often each training image is seen; left out, what suits the architecture.", 0, 10_000);
        var target = Options.Path(
            "--out", PathUse.IsWrittenResumably, "FILE",
            "Weights to write (safetensors). Stopped by Ctrl-C, the run is kept beside it and goes on when started again.");
        return CommandRun.Define(
            "train",
            "Trains a float network and says its accuracy on the test images.",
            "lutdla train --network resnet8 --data fashion-mnist --out networks/resnet8-fashion.safetensors",
            [network, .. data.All, .. sequences.All, epochs, target],
            run => RunAsync(
                run, With(FloatTrainingOptions.For(run.Get(network)), run.Find(epochs), run.Seed), data, sequences, run.GetOutput(target)));
    }

    private static FloatTrainingOptions With(FloatTrainingOptions standard, int? epochs, int seed) =>
        standard with { Epochs = epochs ?? standard.Epochs, Seed = seed };

    private static async Task<Outcome> RunAsync(
        CommandRun run, FloatTrainingOptions options, DataOptions data, SequenceOptions sequences, string target)
    {
        var (train, test) = sequences.AreGiven(run) ? sequences.ReadBoth(run) : ((IExamples, IExamples))data.LoadBoth(run);
        if (train is Dataset { IsLabelled: false } or Dataset { Meaning: not null })
            throw new InvalidInputException(
                train.Name, "examples", "no labels, or no bytes", "Float training needs bytes with labels.", "Give such examples.");
        options = options with { CheckpointPath = OutputFile.Checkpoint(target) };
        using var network = await run.Terminal.TrackAsync("train", track => Task.Run(
            () => FloatTrainer.Train(options, train, track.As<TrainingProgress>((t, p) => t.Report(p)), run.Cancellation)));
        var score = test is TokenData tokens ? TokenScore.Of(network, tokens, run.Cancellation) : null;
        var accuracy = score?.Accuracy ?? network.Accuracy((Dataset)test, run.Cancellation);

        var name = Architectures.Name(options.Architecture);
        network.Provenance = ImmutableSortedDictionary<string, string>.Empty
            .Add("command", $"lutdla train --network {name} --data {train.Name} --epochs {options.Epochs} --seed {options.Seed}")
            .Add("accuracy", accuracy.ToString("F4", CultureInfo.InvariantCulture));
        FloatNetworkFile.Write(target, network);
        if (options.CheckpointPath is { } checkpoint) File.Delete(checkpoint);
        run.Terminal.Line(test is TokenData { Labels.IsEmpty: true } sequence && score is not null
            ? $"{target}: {TokenFigures.One(sequence, score)}"
            : $"{target}: {Figures.Percent(accuracy)} of {Figures.Count(test.Count, test is Dataset ? "test image" : "test text")}.");
        return new(
            ExitCode.Success,
            new
            {
                Network = name, Data = train.Name, TestImages = test.Count, Accuracy = accuracy, Score = score,
                File = Path.GetFullPath(target),
            });
    }
}
