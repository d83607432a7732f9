using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Which Yosys maps a design.</summary>
public enum YosysBuild
{
    /// <summary>The one on the search path.</summary>
    System,

    /// <summary>A later one that npm brings.</summary>
    Yowasp,
}

/// <summary>The tools behind the names.</summary>
public static class YosysBuilds
{
    /// <summary>The program.</summary>
    public static ExternalTool Tool(this YosysBuild build) => build switch
    {
        YosysBuild.System => ExternalTool.Yosys,
        YosysBuild.Yowasp => ExternalTool.YowaspYosys,
        _ => throw new InvalidOperationException($"No program is known for {build}."),
    };

    /// <summary>The request for one of them, with what makes designs smaller in it (docs/experiments/mapping.md).</summary>
    public static SynthesisRequest By(this SynthesisRequest request, YosysBuild build)
    {
        var isLater = build == YosysBuild.Yowasp && request.Target.Library is not null;
        return request with
        {
            Yosys = build.Tool(), BoothMultipliers = isLater, LeastGatedFlipFlops = isLater ? SynthesisRequest.WorthAClockGate : null,
        };
    }
}
