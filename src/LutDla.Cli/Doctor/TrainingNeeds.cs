using LutDla.Boundary;
using LutDla.Cli.Output;
using LutDla.Networks.Data;
using LutDla.Networks.Runtime;
using TorchSharp;

namespace LutDla.Cli.Doctor;

/// <summary>What training and accuracy need beside programs: found out by using it.</summary>
internal static class TrainingNeeds
{
    public static Finding CheckLibtorch()
    {
        var finding = new Finding(
            "libtorch", null, Required: true, "train, convert", "dotnet restore brings it; x64 Linux, Windows or arm64 macOS");
        try
        {
            var library = Path.GetFileName(TorchRuntime.EnsureLoaded());
            return finding with { Version = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)} ({library})" };
        }
        catch (InvalidOperationException error)
        {
            return finding with { Mend = error.Message };
        }
    }

    public static Finding CheckFashionMnist()
    {
        var finding = new Finding(
            "Fashion-MNIST", null, Required: true, "train, convert, infer, simulate", "apt-get install dataset-fashion-mnist");
        try
        {
            var images = DatasetSource.Load(DatasetName.FashionMnist, DatasetPart.Test).Count;
            return finding with { Version = Figures.Count(images, "test image") };
        }
        catch (InvalidInputException error)
        {
            return finding with { Mend = string.Join(' ', error.Problems.Select(p => p.Mend)) };
        }
    }
}
