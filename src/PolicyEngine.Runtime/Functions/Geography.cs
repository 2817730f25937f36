namespace PolicyEngine.Runtime.Functions;

/// <summary>Distances on the mean sphere of the earth (6 371.0088 km, IUGG), by the haversine formula.</summary>
public static class Geography
{
    private const double Radius = 6371.0088;
    private const double RadiansPerDegree = 0.017453292519943295;

    /// <summary>
    /// `distance` in km between two points in degrees; false for latitudes beyond ±90 or longitudes beyond ±180.
    /// </summary>
    public static bool TryDistance(
        double latitudeA, double longitudeA, double latitudeB, double longitudeB, out double kilometres)
    {
        kilometres = 0;
        if (!IsPoint(latitudeA, longitudeA) || !IsPoint(latitudeB, longitudeB))
            return false;
        var sineLatitude = Trigonometry.Sin((latitudeB - latitudeA) * RadiansPerDegree / 2);
        var sineLongitude = Trigonometry.Sin((longitudeB - longitudeA) * RadiansPerDegree / 2);
        var cosines = Trigonometry.Cos(latitudeA * RadiansPerDegree) * Trigonometry.Cos(latitudeB * RadiansPerDegree);
        var half = sineLatitude * sineLatitude + cosines * sineLongitude * sineLongitude;
        half = half > 1 ? 1 : half;
        kilometres = 2 * Radius * Trigonometry.Atan2(Math.Sqrt(half), Math.Sqrt(1 - half));
        return true;
    }

    private static bool IsPoint(double latitude, double longitude) => Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;
}
