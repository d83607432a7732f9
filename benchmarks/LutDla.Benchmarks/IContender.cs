namespace LutDla.Benchmarks;

/// <summary>One form of a network with the test images, ready to run.</summary>
internal interface IContender
{
    /// <summary>For the table.</summary>
    string Name { get; }

    /// <summary>Images of one call.</summary>
    int BatchImages { get; }

    /// <summary>Runs all images; what is timed.</summary>
    void Run();

    /// <summary>How many images the last run gave the class that <paramref name="labels"/> says.</summary>
    int CountCorrect(ReadOnlySpan<byte> labels);
}
