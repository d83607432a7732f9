using LutDla.Boundary;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using LutDla.Exploration.Store;
using LutDla.Hardware;
using Microsoft.Data.Sqlite;

namespace LutDla.Tests.Search;

public sealed class ExplorationStoreTests : IDisposable
{
    private static readonly Dictionary<string, string> Inputs = new() { ["space"] = "a", ["weights"] = "b" };

    private static readonly PointFormat Format = new(DistanceMetric.Chebyshev, 3, 12, 8, 4);

    private static readonly Quantity[] Objectives = [Quantity.Gops];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string File => _folder.File("store.db");

    private static Enumerated Chunk()
    {
        var front = new Front(Objectives);
        front.Add(7, PointFigures.Parse(string.Join(' ', Quantities.All.Select(q => $"{1.0 / ((int)q + 3):R}"))));
        return new(
            new Dictionary<PointFormat, Front> { [Format] = front },
            new Dictionary<PointVerdict, long> { [PointVerdict.Kept] = 5, [PointVerdict.IllegalDesign] = 2 });
    }

    [Fact]
    public void What_was_added_is_there_when_it_is_opened_again()
    {
        using (var store = ExplorationStore.Open(File, Inputs))
        {
            store.Add(3, Chunk());
            store.Add(Format, 0.75, null);
            store.Add(Format with { VectorLength = 9 }, null, "cannot be");
        }

        using var again = ExplorationStore.Open(File, Inputs);
        var (number, chunk) = Assert.Single(again.Chunks(Objectives));

        Assert.Equal(3, number);
        Assert.Equal(Chunk().Verdicts, chunk.Verdicts);
        var (format, front) = Assert.Single(chunk.Fronts);
        Assert.Equal(Format, format);
        var (point, figures) = Assert.Single(front.Points);
        Assert.Equal((7, Chunk().Fronts[Format].Points[0].Figures.ToText()), (point, figures.ToText()));
        Assert.Equal((0.75, null), again.Probes()[Format]);
        Assert.Equal((null, "cannot be"), again.Probes()[Format with { VectorLength = 9 }]);
        Assert.Equal(Inputs, again.Inputs());
    }

    [Fact]
    public void A_store_of_something_else_is_refused_and_stays_as_it_is()
    {
        using (ExplorationStore.Open(File, Inputs))
        {
        }

        var before = System.IO.File.ReadAllBytes(File);

        var e = Assert.Throws<InvalidInputException>(
            () => ExplorationStore.Open(File, new Dictionary<string, string> { ["space"] = "other", ["weights"] = "b" }));

        Assert.Equal(("inputs", "space"), (e.Problems[0].Key, e.Problems[0].Value));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_and_stays_as_it_is()
    {
        var text = new string('x', 5000);
        System.IO.File.WriteAllText(File, text);

        Assert.Equal("store", Assert.Throws<InvalidInputException>(() => ExplorationStore.Open(File, Inputs)).Problems[0].Key);
        Assert.Equal("store", Assert.Throws<InvalidInputException>(() => ExplorationStore.Read(File)).Problems[0].Key);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
        Assert.Equal("file", Assert.Throws<InvalidInputException>(() => ExplorationStore.Read(_folder.File("none"))).Problems[0].Key);
    }

    [Theory]
    [InlineData("PRAGMA application_id = 5", "application_id")]
    [InlineData("PRAGMA user_version = 7", "user_version")]
    public void A_file_of_another_program_or_version_is_refused(string change, string key)
    {
        using (ExplorationStore.Open(File, Inputs))
        {
        }

        Execute(change);

        Assert.Equal(key, Assert.Throws<InvalidInputException>(() => ExplorationStore.Open(File, Inputs)).Problems[0].Key);
    }

    [Theory]
    [InlineData("UPDATE points SET figures = '1 2'")]
    [InlineData("UPDATE points SET format = 'l7 v1'")]
    [InlineData("UPDATE points SET point = 'many'")]
    [InlineData("UPDATE chunks SET verdicts = 'Kept'")]
    [InlineData("DROP TABLE points")]
    public void What_was_changed_by_others_is_refused(string change)
    {
        using (var store = ExplorationStore.Open(File, Inputs))
            store.Add(3, Chunk());
        Execute(change);

        using var broken = ExplorationStore.Open(File, Inputs);

        Assert.Equal("store", Assert.Throws<InvalidInputException>(() => broken.Chunks(Objectives)).Problems[0].Key);
    }

    // Whatever is left of a file, it is read or refused.
    [Fact]
    public void A_file_that_was_cut_never_ends_otherwise()
    {
        using (var store = ExplorationStore.Open(File, Inputs))
            store.Add(3, Chunk());
        var whole = System.IO.File.ReadAllBytes(File);

        for (var length = 1; length < whole.Length; length += 1000)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            try
            {
                using var store = ExplorationStore.Open(File, Inputs);
                store.Chunks(Objectives);
            }
            catch (InvalidInputException e)
            {
                Assert.Equal(File, e.Problems[0].File);
            }
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
