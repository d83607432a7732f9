using LutDla.Networks.Data;

namespace LutDla.Training.Tests;

/// <summary>Small seeded data that a network learns in seconds.</summary>
internal static class ToyData
{
    public const int Side = 16;

    /// <summary>Noise with a bright bar: its place and direction are the class, of four.</summary>
    public static Dataset Bars(int count, int seed, int channels = 1)
    {
        var random = new Random(seed);
        var images = new byte[count * Side * Side * channels];
        var labels = new byte[count];
        random.NextBytes(images);
        for (var i = 0; i < images.Length; i++) images[i] /= 4;
        for (var image = 0; image < count; image++)
        {
            labels[image] = (byte)random.Next(4);
            for (var along = 0; along < Side; along++)
            {
                for (var across = 0; across < 3; across++)
                {
                    var place = 3 + 7 * (labels[image] % 2) + across;
                    var (y, x) = labels[image] < 2 ? (place, along) : (along, place);
                    images.AsSpan(((image * Side + y) * Side + x) * channels, channels).Fill(220);
                }
            }
        }

        return new Dataset
        {
            Name = "bars", Images = images, Labels = labels, Height = Side, Width = Side, Channels = channels, Classes = 4,
        };
    }
}
