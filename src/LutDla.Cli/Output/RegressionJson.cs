using LutDla.Rtl.Cosimulation.Regression;

namespace LutDla.Cli.Output;

/// <summary>A regression for scripts.</summary>
internal static class RegressionJson
{
    public static object Of(RegressionResult result, bool countsCode) => new
    {
        Equal = result.IsEqual,
        Designs = result.Designs.Select(d => new { d.Name, d.Config }),
        Seeds = result.Seeds.Select(s => new
        {
            s.Seed, s.Design, s.Layers, Conditions = s.Conditions.ToString(), s.Conditions.ResetAt, s.Transfers, s.Cycles, s.Problem,
        }),
        Transfers = result.Seeds.Sum(s => s.Transfers),
        Cycles = result.Seeds.Sum(s => s.Cycles),
        Situations = result.BinTable().Select(b => new { b.Bin.Name, b.Times, b.WhyNever }),
        Code = countsCode
            ? result.Code.Points.Select(p => new
            {
                p.Point.Kind, p.Point.File, p.Point.Line, p.Point.What, p.Times, Reason = KnownGaps.Reason(p.Point),
            })
            : null,
    };
}
