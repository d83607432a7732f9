using LutDla.Exploration.Liberty;
using LutDla.Exploration.Power;

namespace LutDla.Tests.Power;

public sealed class LibertyTableTests
{
    private const string Plane = """
        library (l) {
          lu_table_template (t) { variable_1 : "input_net_transition"; variable_2 : "total_output_net_capacitance"; }
          lu_table_template (u) { variable_1 : "total_output_net_capacitance"; variable_2 : "input_transition_time"; }
          table (t) { index_1 ("1, 3"); index_2 ("0, 10, 20"); values ("0, 1, 4", "10, 11, 14"); }
          table (u) { index_1 ("0, 10, 20"); index_2 ("1, 3"); values ("0, 10", "1, 11", "4, 14"); }
          table (scalar) { values ("7"); }
        }
        """;

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(3, 20, 14)]
    [InlineData(2, 5, 5.5)]
    [InlineData(2, 15, 7.5)]
    [InlineData(1, 30, 7)] // loads go on as they ended: 0.3 each
    [InlineData(0, 0, 0)] // transition times stop
    [InlineData(9, 10, 11)]
    public void Values_lie_between_their_neighbours_whichever_axis_comes_first(double slew, double load, double value)
    {
        var library = LibertyLibrary.Parse("l.lib", Plane).Group;
        foreach (var table in library.GroupsNamed("table").Take(2))
            Assert.Equal(value, LibertyTable.Read("l.lib", "c", table, library).At(slew, load), 12);
        Assert.Equal(7, LibertyTable.Read("l.lib", "c", library.GroupsNamed("table").Last(), library).At(slew, load));
    }
}
