using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>What the parts of one lowering share.</summary>
internal sealed class LoweringContext
{
    /// <param name="readAway">Measures known to be read away from the events that carry their key (B8).</param>
    public LoweringContext(PolicyModel model, IReadOnlySet<MeasureSymbol> readAway, PlanOptions options)
    {
        Options = options;
        Responses = [.. model.Responses];
        Schema = new Schema(model);
        State = new StateTables(model, options);
        Expressions = new ExpressionLowering(this);
        Sources = new SourceLowering(this);
        Measures = new MeasureLowering(this, model, readAway);
        Links = new LinkLowering(this);
        Groups = new GroupLowering(this);
        GroupMeasures = new GroupMeasureLowering(this);
        Sequences = new SequenceLowering(this);
        Alignments = new AlignmentLowering(this);
    }

    public PlanOptions Options { get; }

    public List<ResponseSymbol> Responses { get; }

    /// <summary>
    /// The rule whose own parts are being lowered, where it stands on events; null: measures, sources and all else. Reads of measures
    /// are noted with it.
    /// </summary>
    public int? Reader { get; set; }

    public NodeTable Nodes { get; } = new();

    public Schema Schema { get; }

    public StateTables State { get; }

    public ExpressionLowering Expressions { get; }

    public SourceLowering Sources { get; }

    public MeasureLowering Measures { get; }

    public LinkLowering Links { get; }

    public GroupLowering Groups { get; }

    public GroupMeasureLowering GroupMeasures { get; }

    public SequenceLowering Sequences { get; }

    public AlignmentLowering Alignments { get; }
}
