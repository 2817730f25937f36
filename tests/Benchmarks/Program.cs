using System.Globalization;
using PolicyEngine.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks [peers|rules|literals|structures|simulate] [EVENTS]
// dotnet run -c Release --project tests/Benchmarks sigma CORPUS REGRESSION [EVENTS]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var what = args.FirstOrDefault(a => !char.IsAsciiDigit(a[0])) ?? "all";
var events = args.FirstOrDefault(a => char.IsAsciiDigit(a[0])) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1_000_000;
if (args is ["sigma", var corpus, var regression, ..])
{
    SigmaSpeed.Run(corpus, regression, events, Console.Out);
    return 0;
}
if (what is not ("all" or "peers" or "rules" or "literals" or "structures" or "simulate"))
{
    Console.Error.WriteLine("usage: [peers|rules|literals|structures|simulate] [EVENTS] | sigma CORPUS REGRESSION [EVENTS]");
    return 64;
}
Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {events:N0} events");
var agree = true;
if (what is "all" or "peers") agree = PeerTable.Run(events, Console.Out);
if (what is "all" or "rules") RuleScaling.Run(events, Console.Out);
if (what is "all" or "literals") LiteralScaling.Run(events, Console.Out);
if (what is "all" or "structures") StructureSizes.Run(events, Console.Out);
if (what is "all" or "simulate") SimulatorSpeed.Run(events, Console.Out);
return agree ? 0 : 1;
