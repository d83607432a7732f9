namespace LutDla.Exploration.Calibration;

/// <summary>Picojoules of a cycle: always, and on top in each cycle that a part of the core is busy.</summary>
public readonly record struct EnergyProfile(double Always, double Search, double Lookup, double Tables, double Results)
{
    /// <summary>Picojoules of a cycle where parts are busy for such shares of the time.</summary>
    public double At(Activity activity) => Always + Search * activity.Search + Lookup * activity.Lookup + Tables * activity.Tables
        + Results * activity.Results;

    public static EnergyProfile operator +(EnergyProfile a, EnergyProfile b) => new(
        a.Always + b.Always, a.Search + b.Search, a.Lookup + b.Lookup, a.Tables + b.Tables, a.Results + b.Results);

    public static EnergyProfile operator *(EnergyProfile profile, double times) => new(
        profile.Always * times, profile.Search * times, profile.Lookup * times, profile.Tables * times, profile.Results * times);
}
