using PolicyEngine.Oracle.Differential;

namespace PolicyEngine.Conformance.Tests;

/// <summary>The engine that the tests are about.</summary>
internal static class Engines
{
    public static IEngineUnderTest UnderTest { get; } = new EngineAdapter();
}
