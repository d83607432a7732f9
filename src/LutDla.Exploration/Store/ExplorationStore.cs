using System.Globalization;
using System.Text.Json;
using LutDla.Boundary;
using LutDla.Exploration.Search;
using LutDla.Exploration.Spaces;
using Microsoft.Data.Sqlite;

namespace LutDla.Exploration.Store;

/// <summary>
/// A SQLite file with what an exploration has found so far: each piece of work is there whole or not at all, so a run that was killed
/// loses only what was in flight. One process writes.
/// </summary>
public sealed class ExplorationStore : IDisposable
{
    // "LDLA"
    private const long ApplicationId = 0x4C444C41;
    private const long Version = 1;
    private const string Mend = "Name another file, or remove this one; it is made again.";

    private const string Schema = """
        CREATE TABLE inputs (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE chunks (number INTEGER PRIMARY KEY, verdicts TEXT NOT NULL);
        CREATE TABLE points (
          chunk INTEGER NOT NULL REFERENCES chunks (number), format TEXT NOT NULL, point INTEGER NOT NULL, figures TEXT NOT NULL);
        CREATE TABLE probes (format TEXT PRIMARY KEY, accuracy REAL, reason TEXT);
        """;

    private readonly string _file;
    private readonly SqliteConnection _connection;

    private ExplorationStore(string file, SqliteConnection connection) => (_file, _connection) = (file, connection);

    /// <summary>Opens a store, or makes one.</summary>
    /// <param name="inputs">What the exploration is of, by name: a store of other inputs is refused.</param>
    /// <exception cref="InvalidInputException">The file is none, of another version, or of another exploration.</exception>
    public static ExplorationStore Open(string file, IReadOnlyDictionary<string, string> inputs) => Guard(file, () =>
    {
        var store = new ExplorationStore(file, Connect(file, SqliteOpenMode.ReadWriteCreate));
        try
        {
            // Also what a run leaves that is killed while it makes one.
            if (store.Number("SELECT count(*) FROM sqlite_master") == 0 && store.Number("PRAGMA application_id") == 0)
                store.Create(inputs);
            store.CheckKind();
            store.CheckInputs(inputs);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    });

    /// <summary>Opens a store to look at.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is of another version.</exception>
    public static ExplorationStore Read(string file) => Guard(file, () =>
    {
        if (!File.Exists(file))
            throw new InvalidInputException(file, "file", "missing", "must be a store that lutdla explore wrote.", "Name one.");
        var store = new ExplorationStore(file, Connect(file, SqliteOpenMode.ReadOnly));
        try
        {
            store.CheckKind();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    });

    /// <summary>What the exploration is of.</summary>
    public IReadOnlyDictionary<string, string> Inputs() => Guard(_file, () => Rows("SELECT name, value FROM inputs")
        .ToDictionary(row => (string)row[0], row => (string)row[1], StringComparer.Ordinal));

    /// <summary>Chunks of an enumeration that are done.</summary>
    /// <param name="objectives">Of the fronts.</param>
    public IReadOnlyDictionary<int, Enumerated> Chunks(IReadOnlyList<Quantity> objectives) => Guard(_file, () =>
    {
        var points = Rows("SELECT chunk, format, point, figures FROM points").ToLookup(row => (long)row[0]);
        return Rows("SELECT number, verdicts FROM chunks").ToDictionary(
            row => (int)(long)row[0],
            row => new Enumerated(
                points[(long)row[0]].GroupBy(p => PointFormat.Parse((string)p[1])).ToDictionary(
                    format => format.Key, format => FrontOf(objectives, format)),
                Verdicts((string)row[1])));
    });

    /// <summary>Keeps a chunk.</summary>
    public void Add(int number, Enumerated chunk) => Guard(_file, () =>
    {
        using var transaction = _connection.BeginTransaction();
        Execute("DELETE FROM points WHERE chunk = $chunk", ("$chunk", number));
        Execute(
            "INSERT OR REPLACE INTO chunks VALUES ($number, $verdicts)",
            ("$number", number), ("$verdicts", string.Join(' ', chunk.Verdicts.OrderBy(v => v.Key).Select(v => $"{v.Key}={v.Value}"))));
        foreach (var (format, front) in chunk.Fronts)
        {
            foreach (var (point, figures) in front.Points)
            {
                Execute(
                    "INSERT INTO points VALUES ($chunk, $format, $point, $figures)",
                    ("$chunk", number), ("$format", $"{format}"), ("$point", point), ("$figures", figures.ToText()));
            }
        }

        transaction.Commit();
        return true;
    });

    /// <summary>Accuracies that were measured, 0 to 1; a format that could not be measured has a reason instead.</summary>
    public IReadOnlyDictionary<PointFormat, (double? Accuracy, string? Reason)> Probes() => Guard(_file, () => Rows(
        "SELECT format, accuracy, reason FROM probes").ToDictionary(
            row => PointFormat.Parse((string)row[0]), row => (row[1] as double?, row[2] as string)));

    /// <summary>Keeps an accuracy, or why there is none.</summary>
    public void Add(PointFormat format, double? accuracy, string? reason) => Guard(_file, () =>
    {
        Execute(
            "INSERT OR REPLACE INTO probes VALUES ($format, $accuracy, $reason)",
            ("$format", $"{format}"), ("$accuracy", accuracy), ("$reason", reason));
        return true;
    });

    public void Dispose() => _connection.Dispose();

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = mode, Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static Front FrontOf(IReadOnlyList<Quantity> objectives, IEnumerable<object[]> points)
    {
        var front = new Front(objectives);
        foreach (var point in points)
            front.Add((long)point[2], PointFigures.Parse((string)point[3]));
        return front;
    }

    private static Dictionary<PointVerdict, long> Verdicts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Split('=') is [var verdict, var count]
            ? (Verdict: Enum.Parse<PointVerdict>(verdict), Count: long.Parse(count, CultureInfo.InvariantCulture))
            : throw new FormatException($"{word} is no count of points."))
        .ToDictionary(pair => pair.Verdict, pair => pair.Count);

    private void Create(IReadOnlyDictionary<string, string> inputs)
    {
        using var transaction = _connection.BeginTransaction();
        Execute(Schema);
        foreach (var (name, value) in inputs)
            Execute("INSERT INTO inputs VALUES ($name, $value)", ("$name", name), ("$value", value));
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
        transaction.Commit();
    }

    private void CheckKind()
    {
        if (Number("PRAGMA application_id") != ApplicationId)
            throw new InvalidInputException(_file, "application_id", "another", "is a SQLite file of another program.", Mend);
        if (Number("PRAGMA user_version") is var version && version != Version)
            throw new InvalidInputException(_file, "user_version", $"{version}", $"must be {Version}: another LutDla wrote it.", Mend);
    }

    private void CheckInputs(IReadOnlyDictionary<string, string> inputs)
    {
        var kept = Inputs();
        var other = inputs.Where(i => kept.GetValueOrDefault(i.Key) != i.Value).Select(i => i.Key).ToList();
        if (other.Count > 0)
        {
            throw new InvalidInputException(
                _file, "inputs", string.Join(", ", other), "must be those that the store was begun with.",
                "Explore as before to go on, or name another store.");
        }
    }

    private long Number(string sql) => (long)Rows(sql).Single()[0];

    private List<object[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private void Execute(string sql, params (string Name, object? Value)[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    // A file that was cut or changed shows itself in many ways, all of them of these kinds.
    private static T Guard<T>(string file, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is SqliteException or FormatException or InvalidCastException or ArgumentException
            or OverflowException or JsonException)
        {
            throw new InvalidInputException(file, "store", "not readable", $"It is no store, or broken: {e.Message.Trim()}", Mend);
        }
    }
}
