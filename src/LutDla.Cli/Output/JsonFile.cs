using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LutDla.Boundary;

namespace LutDla.Cli.Output;

/// <summary>Results for machines: one object with the command, its version, its seed and its result.</summary>
internal static class JsonFile
{
    /// <summary>The file name that stands for the standard output.</summary>
    public const string StandardOutput = "-";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a web page: + stays +
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a figure without a meaning is "NaN", no fault
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(string target, string command, int seed, object result)
    {
        var text = JsonSerializer.Serialize(new { Command = command, Version, Seed = seed, Result = result }, Options) + "\n";
        if (target == StandardOutput)
            Console.Out.Write(text);
        else
            AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Of this program.</summary>
    public static string Version { get; } = typeof(JsonFile).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
