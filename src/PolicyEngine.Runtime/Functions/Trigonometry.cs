namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// Sine, cosine and arc tangent from additions, multiplications and divisions, for the angles that occur on a globe.
/// </summary>
public static class Trigonometry
{
    private const double HalfPiHead = 1.57079632679489655800;
    private const double HalfPiTail = 6.123233995736766e-17;

    /// <summary>Sine of an angle of a few turns at most, in radians; error below 10⁻¹⁵.</summary>
    public static double Sin(double angle)
    {
        var rest = Reduce(angle, out var quarter);
        return (quarter & 3) switch
        {
            0 => SinSeries(rest),
            1 => CosSeries(rest),
            2 => -SinSeries(rest),
            _ => -CosSeries(rest),
        };
    }

    public static double Cos(double angle)
    {
        var rest = Reduce(angle, out var quarter);
        return (quarter & 3) switch
        {
            0 => CosSeries(rest),
            1 => -SinSeries(rest),
            2 => -CosSeries(rest),
            _ => SinSeries(rest),
        };
    }

    /// <summary>The angle, 0 to π/2, whose tangent is y / x; both are not negative.</summary>
    public static double Atan2(double y, double x)
    {
        if (y > x)
            return HalfPiHead - Atan2(x, y) + HalfPiTail;
        if (y == 0)
            return 0;
        // tan(a − b) = (tan a − tan b) / (1 + tan a · tan b): two steps of known angles leave a small one.
        var tangent = y / x;
        double angle = 0;
        if (tangent > 0.4142135623730950)
        {
            angle = 0.78539816339744830962;
            tangent = (tangent - 1) / (1 + tangent);
        }
        if (tangent > 0.2)
        {
            angle += AtanOfThird;
            tangent = (tangent - 1.0 / 3) / (1 + tangent / 3);
        }
        else if (tangent < -0.2)
        {
            angle -= AtanOfThird;
            tangent = (tangent + 1.0 / 3) / (1 - tangent / 3);
        }
        return angle + AtanSeries(tangent);
    }

    private const double AtanOfThird = 0.32175055439664219340;

    private static double Reduce(double angle, out long quarter)
    {
        var turns = angle / HalfPiHead;
        quarter = (long)(turns < 0 ? turns - 0.5 : turns + 0.5);
        return angle - quarter * HalfPiHead - quarter * HalfPiTail;
    }

    private static double SinSeries(double x)
    {
        var square = x * x;
        double sum = 0;
        for (var k = 17; k >= 3; k -= 2)
            sum = (1 + sum) * -square / (k * (k - 1));
        return x + x * sum;
    }

    private static double CosSeries(double x)
    {
        var square = x * x;
        double sum = 0;
        for (var k = 18; k >= 2; k -= 2)
            sum = (1 + sum) * -square / (k * (k - 1));
        return 1 + sum;
    }

    private static double AtanSeries(double x)
    {
        var square = x * x;
        double sum = 0;
        for (var k = 27; k >= 3; k -= 2)
            sum = (1.0 / k - sum) * square;
        return x - x * sum;
    }
}
