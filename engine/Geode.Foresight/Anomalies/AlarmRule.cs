namespace Geode.Foresight.Anomalies;

/// <summary>One alarm for each incident: after an alarm there is none until the score has been below <see cref="AnomalyDetector.Alarm"/>
/// for some time.</summary>
/// <param name="quiet">Points below it that end an incident.</param>
public sealed class AlarmRule(int quiet = 150)
{
    private int _since = int.MaxValue;

    /// <summary>Takes the score of the next point.</summary>
    /// <returns>Whether an incident begins.</returns>
    public bool Take(double score)
    {
        var since = _since;
        if (score >= AnomalyDetector.Alarm)
        {
            _since = 0;
            return since >= quiet;
        }

        if (since < int.MaxValue) _since++;
        return false;
    }
}
