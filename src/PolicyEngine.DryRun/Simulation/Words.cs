using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// What prompts are made of. Every word has 16 bytes with a blank before it and its length in the last, so that it is copied at once.
/// </summary>
internal static class Words
{
    public const int Stride = 16;

    private const string Vocabulary = """
        garden paper ladder mirror morning tunnel copper silver winter summer market village river bridge castle kitchen
        letter window engine wheel harbour island forest meadow thunder rainbow pillow blanket candle bottle basket hammer
        pencil notebook folder printer monitor keyboard server client network router packet buffer cursor table column index
        query schema record field value number matrix vector graph vertex edge path route schedule calendar meeting agenda
        budget invoice receipt contract clause deadline project milestone report summary outline chapter section paragraph
        sentence grammar accent dialect proverb riddle poem sonnet ballad melody rhythm harmony chord piano violin trumpet
        protein enzyme molecule crystal planet orbit comet gravity friction pressure voltage current magnet circuit battery
        turbine reactor pipeline valve sensor filter signal noise sample average median variance theorem lemma proof axiom
        integer fraction polygon circle triangle angle radius volume density mixture solution acid salt sugar flour butter
        recipe oven roast simmer pepper garlic onion tomato lentil mango papaya café naïve résumé größe niño façade
        tenant landlord mortgage pension salary refund voucher coupon loyalty checkout parcel courier customs border passport
        ticket platform carriage airport luggage harbor ferry captain sailor anchor compass lantern shelter campfire summit
        glacier valley canyon desert oasis monsoon drought harvest orchard vineyard barley clover falcon sparrow dolphin
        otter badger beetle spider lizard tiger panther camel donkey pigeon rabbit turtle salmon lobster coral jungle
        doctor nurse clinic vaccine symptom therapy tablet dosage allergy fever muscle tendon skeleton kidney liver
        lawyer verdict treaty statute petition senate council mayor ballot census archive museum gallery
        """;

    private static readonly string[][] OpenerTexts =
    [
        [
            "Think step by step and show every step", "Explain your reasoning in full before the answer",
            "Prove in detail", "Work through this carefully and write down each thought",
            "Derive the result from first principles", "Show the whole chain of thought",
            "List all assumptions and then reason", "Before answering write out your reasoning",
        ],
        [
            "Write a function that returns", "Fix the bug in this method",
            "Refactor this class so that", "Add unit tests for",
            "Convert this script", "Why does this query time out",
            "Review this patch", "Implement an iterator over",
        ],
        [
            "You are an agent with tools. Plan the next call", "Call the search tool and then",
            "Use the file tool to read", "Given these tools choose one",
            "Run the command and report", "Book with the calendar tool",
            "Fill the form by tool calls", "Query the database tool about",
        ],
        [
            "Describe this picture", "Read the text in the image",
            "Count the objects in the photo", "What is wrong in this screenshot",
            "Extract the table from the scan", "Compare both images",
            "Label each part of the diagram", "Which chart fits",
        ],
        [
            "Write a short letter about", "Make this text friendlier",
            "Draft a post on", "Shorten the following",
            "Write a story with", "Give me ten titles for",
            "Correct my spelling", "Turn these notes into prose\\nand keep",
        ],
        [
            "Translate into German", "Translate into Spanish",
            "How do you say in Japanese", "Translate and keep the tone",
            "Ins Deutsche übertragen", "Traduire en français",
            "Localise for Brazil", "Check my translation of",
        ],
        [
            "What is the capital of", "Find recent work on",
            "Who first described", "When was the invention of",
            "Look up prices for", "Which country has the most",
            "Where can I read about", "What is the difference between",
        ],
        [
            "Tell me something about", "I feel tired of",
            "Can you help me with", "Let us play a game with",
            "What do you think of", "My friend said \\\"never\\\" about",
            "Suggest a present for", "Give me a reason for",
        ],
        [
            "Summarise the figures of", "Classify these messages",
            "Find outliers in", "Forecast next month of",
            "Group the answers by", "Compute the share of",
            "Clean up this list", "Compare both quarters of",
        ],
    ];

    public static readonly byte[] Table = Build(out Count);
    public static readonly byte[][] Openers = [.. OpenerTexts.SelectMany(task => task).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Openers of one task.</summary>
    public const int OpenersOfTask = 8;

    public static readonly int Count;

    public static ref readonly byte At(int word) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Table), word * Stride);

    private static byte[] Build(out int count)
    {
        var words = Vocabulary.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var table = new byte[words.Length * Stride];
        for (var i = 0; i < words.Length; i++)
        {
            var length = Encoding.UTF8.GetBytes(" " + words[i], table.AsSpan(i * Stride, Stride - 1));
            table[(i * Stride) + Stride - 1] = (byte)length;
        }
        count = words.Length;
        return table;
    }
}
