namespace LutDla.Benchmarks;

/// <summary>What was measured.</summary>
/// <param name="Threads">Of the golden model as of ONNX Runtime.</param>
/// <param name="FloatAccuracy">Of the network before export and conversion, 0 to 1.</param>
internal sealed record OnnxRuntimeReport(
    string Network, string OnnxRuntimeVersion, int Threads, int Images, double FloatAccuracy, IReadOnlyList<OnnxRuntimeRow> Rows,
    IReadOnlyList<BatchTrial> BatchTrials);

/// <summary>One form of the network.</summary>
/// <param name="RoundSeconds">All images, each time.</param>
/// <param name="MedianSeconds">Of these; what the other figures come from.</param>
/// <param name="SpeedOverFp32">Images a second, as a multiple of ONNX Runtime's in FP32.</param>
/// <param name="SpeedOverInt8">The same in INT8.</param>
internal sealed record OnnxRuntimeRow(
    string Name, int BatchImages, double[] RoundSeconds, double MedianSeconds, double ImagesPerSecond, double SpeedOverFp32,
    double SpeedOverInt8, double Accuracy);

/// <summary>How long all images took ONNX Runtime in batches of one size, when its best one was looked for.</summary>
internal sealed record BatchTrial(string Name, int BatchImages, double Seconds);
