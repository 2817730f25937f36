namespace PolicyEngine.Runtime.Values;

/// <summary>Days since 1970-01-01 to year, month, day and back, in the Gregorian calendar without a start.</summary>
internal static class CivilDate
{
    internal const long MillisecondsPerDay = 86_400_000;
    private const int DaysPerEra = 146_097;
    private const int DaysFromMarchOfYearZero = 719_468;

    internal static long ToDays(int year, int month, int day)
    {
        // Years begin in March, so that the leap day is the last of its year.
        var shifted = month <= 2 ? year - 1 : year;
        var era = Math.DivRem(shifted < 0 ? shifted - 399 : shifted, 400).Quotient;
        var yearOfEra = shifted - era * 400;
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return (long)era * DaysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - DaysFromMarchOfYearZero;
    }

    internal static (long Year, int Month, int Day) FromDays(long days)
    {
        days += DaysFromMarchOfYearZero;
        var era = FloorDivide(days, DaysPerEra);
        var dayOfEra = (int)(days - era * DaysPerEra);
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var shifted = (5 * dayOfYear + 2) / 153;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1);
    }

    internal static bool IsValid(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    internal static long FloorDivide(long value, long divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
