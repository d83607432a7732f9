using LutDla.Networks.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LutDla.Training.Tests.Onnx;

internal static class OnnxRuntimeResult
{
    /// <summary>What ONNX Runtime gives for the first output of a model with one input.</summary>
    public static ImportedConstant Of(byte[] model, string input, ImportedConstant values)
    {
        // Its shape inference warns of windows that round up, which its results then do as the standard says.
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, quiet);
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var tensor = OrtValue.CreateTensorValueFromMemory(values.Singles.ToArray(), [.. values.Shape]);
        using var results = session.Run(options, new Dictionary<string, OrtValue> { [input] = tensor }, session.OutputNames);
        return ImportedConstant.OfSingles([.. results[0].GetTensorTypeAndShape().Shape], results[0].GetTensorDataAsSpan<float>().ToArray());
    }
}
