using LutDla.Networks.Data;

namespace LutDla.Training.Tests;

public sealed class AugmentationTests
{
    private static readonly Dataset Image = new()
    {
        Name = "toy", Images = [1, 2, 3, 4, 5, 6], Labels = [0], Height = 2, Width = 3, Channels = 1, Classes = 10,
    };

    [Theory]
    [InlineData(0, 0, false, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(0, 0, true, new byte[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(1, 0, false, new byte[] { 0, 0, 0, 1, 2, 3 })]
    [InlineData(-1, 1, false, new byte[] { 0, 4, 5, 0, 0, 0 })]
    [InlineData(0, -1, true, new byte[] { 2, 1, 0, 5, 4, 0 })]
    [InlineData(2, 0, false, new byte[] { 0, 0, 0, 0, 0, 0 })]
    public void A_move_shifts_and_mirrors(int rows, int columns, bool mirrored, byte[] expected)
    {
        var target = new byte[6];
        new Move(rows, columns, mirrored).Apply(Image, Image.Images, target);
        Assert.Equal(expected, target);
    }
}
