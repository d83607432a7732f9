using LutDla.Networks.Data;

namespace LutDla.Training.Tests;

/// <summary>The readers on the published files, where LUTDLA_DATA names a folder that has them.</summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData(DatasetName.Mnist, DatasetPart.Train, 60_000, "28x28x1", "5 0 4 1 9 2 1 3 1 4")]
    [InlineData(DatasetName.Mnist, DatasetPart.Test, 10_000, "28x28x1", "7 2 1 0 4 1 4 9 5 9")]
    [InlineData(DatasetName.Cifar10, DatasetPart.Train, 50_000, "32x32x3", "6 9 9 4 1 1 2 7 8 3")]
    [InlineData(DatasetName.Cifar10, DatasetPart.Test, 10_000, "32x32x3", "3 8 8 0 6 6 1 6 3 1")]
    public void The_published_files_are_read(DatasetName name, DatasetPart part, int count, string shape, string firstLabels)
    {
        var folder = Path.Combine(
            Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable) ?? "", DatasetSource.FolderName(name));
        Assert.SkipUnless(
            Directory.Exists(folder), $"{DatasetSource.EnvironmentVariable} names no folder that holds {DatasetSource.FolderName(name)}.");

        var data = DatasetSource.Load(name, part, folder);

        Assert.Equal((count, shape, 10), (data.Count, data.Shape, data.Classes));
        Assert.Equal(firstLabels, string.Join(' ', data.Labels.Take(10)));
        Assert.Equal(Enumerable.Range(0, 10).Select(label => (byte)label), data.Labels.Distinct().Order());
    }
}
