namespace LutDla.Golden.Reference;

/// <summary>Which class the scores of a network mean.</summary>
public static class Decision
{
    /// <summary>How many classes so many scores tell apart: one each, but two where there is a single score.</summary>
    public static int ClassCount(int scores) => scores == 1 ? 2 : scores;

    /// <summary>
    /// The place of the largest score, the lowest of equals; of a single score, a logit, 1 where it is above 0 (its sigmoid above 1/2),
    /// else 0.
    /// </summary>
    /// <param name="scores">At least one.</param>
    public static int Of(ReadOnlySpan<int> scores)
    {
        if (scores.Length == 1)
            return scores[0] > 0 ? 1 : 0;
        var largest = 0;
        for (var n = 1; n < scores.Length; n++)
        {
            if (scores[n] > scores[largest])
                largest = n;
        }

        return largest;
    }
}
