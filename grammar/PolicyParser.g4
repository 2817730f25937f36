parser grammar PolicyParser;
options { tokenVocab = PolicyLexer; }

file: statement* EOF;

statement
    : packDecl | useDecl | entityDecl | eventDecl | extendDecl | responsesDecl | labelDecl | listDecl | letDecl | defineDecl
    | measureDecl | linkDecl | scoreDecl | ruleDecl | recipeDecl | exceptDecl | testDecl
    ;

// ---- the pack ----
packDecl: PACK NAME metadata*;
useDecl: USE NAME;
metadata
    : OWNER TEXT                     # ownerMetadata
    | POLICY TEXT                    # policyMetadata
    | RUNBOOK TEXT                   # runbookMetadata
    | TAGS TEXT (COMMA TEXT)*        # tagsMetadata
    | SEVERITY severityWord          # severityMetadata
    | STAGE stageWord                # stageMetadata
    | HOLDOUT PERCENT                # holdoutMetadata
    ;
severityWord: LOW | MEDIUM | HIGH | CRITICAL;
stageWord: DRAFT | SHADOW | SAMPLED PERCENT | ENFORCE | PAUSED | RETIRED;

// ---- what arrives ----
entityDecl: ENTITY name;
eventDecl: EVENT name ((FROM TEXT)? LBRACE field* RBRACE | EQ sources (WHERE expression)?);
extendDecl: EXTEND ref LBRACE computed* RBRACE;
field: fieldPath (COLON type SENSITIVE? (FROM TEXT)? | EQ expression);
computed: fieldPath EQ expression;
fieldPath: word (DOT word)*;
type: (LIST LT typeName GT | typeName) QUESTION?;
typeName: ref | EVENT | LABEL | RATE;

// ---- names: declared names are never words of the language, fields may be ----
name: NAME | QUOTED;
ref: name (DOT name)*;
word: NAME | QUOTED | softWord | SECOND | MINUTE | HOUR | DAY;
softWord
    : PACK | USE | ENTITY | EVENT | EXTEND | RESPONSES | LABEL | LIST | LET | DEFINE | MEASURE | LINK | SCORE | RULE
    | RECIPE | EXCEPT | TEST | OWNER | POLICY | RUNBOOK | TAGS | SEVERITY | STAGE | FORMERLY | HOLDOUT | FAIL | CLOSED
    | BECAUSE | ONCE | REARM | LOW | MEDIUM | HIGH | CRITICAL | DRAFT | SHADOW | SAMPLED | ENFORCE | PAUSED | RETIRED
    | COUNT | RATE | SHARE | SUM | AVERAGE | MIN | MAX | PERCENTILE | VARIATION | DISTINCT | ENTROPY | TOP_SHARE | LATEST
    | PREVIOUS | FIRST | LAST | SINCE | ALIGNMENT | STEP | ENDING | AGO | SESSION | IDLE | UNTIL | EACH | EVERY | FOLLOWED
    | WITHIN | TIMES | ADDED | REMOVED | JOINS | UNLESS | SHARED | MORE_ | FEWER | OLDER | THAN | WITHOUT | HALVES | UNLABEL
    | ADD | REMOVE | OPEN | CASE | OBSERVE | ALSO | FROM | TO | FOR | WITH | AS | AT | LEAST | MOST | AFTER | SENSITIVE
    | MISSING | NULL | PRESENT | ANY | ALL | GIVEN | EXPECT | NO | NOTHING | VALUE | TODO | STARTING
    ;

// ---- what may be done ----
responsesDecl: RESPONSES LBRACE responseDecl* RBRACE;
responseDecl: ALSO? name ref responseParameter*;
responseParameter: preposition type;
preposition: TO | FOR | IN | WITH | BY | FROM;

// ---- what is known ----
labelDecl: LABEL name OF ref TEXT?;
listDecl: LIST name COLON type (IGNORING CASE)? (FROM TEXT | EQ listLiteral);
letDecl: LET name EQ expression;
defineDecl: DEFINE name LPAREN parameters RPAREN EQ expression;
parameters: parameter (COMMA parameter)*;
parameter: name COLON type;
scoreDecl: SCORE name OF ref HALVES EVERY duration;

// ---- what is counted ----
measureDecl: MEASURE name EQ function (WHERE expression)? ((PER keys window? | window) trailingWhere?)?;
// Only accounts around a value are narrowed behind the window: their condition holds now, not when the event came.
trailingWhere: WHERE expression;
function
    : (COUNT | RATE | SHARE) OF ref (COMMA ref)* (BY keys OF sources)?   # countFunction
    | (SUM | AVERAGE | MIN | MAX | VARIATION | DISTINCT | ENTROPY | TOP_SHARE | FIRST | LATEST | PREVIOUS)
      additive OF sources                                               # amountFunction
    | PERCENTILE NUMBER additive OF sources                             # percentileFunction
    | ALIGNMENT additive OF sources WITHIN duration                     # alignmentFunction
    | SINCE (FIRST | LAST) sources                                      # sinceFunction
    ;
sources: ref (COMMA ref)*;
keys: key (COMMA key)*;
key: keyWord (DOT word)* (LPAREN arguments? RPAREN)?;
keyWord: NAME | QUOTED | softWord;
window
    : OVER duration (STEP duration)? (ENDING duration AGO)?   # slidingWindow
    | OVER EACH duration                                      # tumblingWindow
    | OVER SESSION UNTIL duration IDLE                        # sessionWindow
    ;
duration: DURATION | name;

// ---- who belongs together ----
linkDecl: LINK name OF ref OVER duration (STEP duration)? linkBy+;
linkBy: BY keys OF sources linkCap*;
linkCap: UNLESS SHARED BY (MORE_ | FEWER) THAN NUMBER (WITHOUT LABEL ref)?;

// ---- rules ----
ruleDecl: RULE name TEXT? (body | FROM ref LPAREN arguments? RPAREN) clause*;
recipeDecl: RECIPE name LPAREN parameters RPAREN LBRACE measureDecl* body clause* RBRACE;
body: ON trigger (WHEN expression)? except* THEN action (COMMA action)* (BECAUSE TEXT)?;
clause
    : ONCE IN duration               # onceClause
    | REARM WHEN expression          # rearmClause
    | FAIL CLOSED                    # failClosedClause
    | FORMERLY ref                   # formerlyClause
    | metadata                       # metadataClause
    ;
except: EXCEPT WHEN expression (UNTIL moment)? BECAUSE TEXT;
exceptDecl: EXCEPT FOR sources WHEN expression (UNTIL moment)? BECAUSE TEXT;
moment: DATE | DATETIME;

trigger
    : EACH sources                                            # eachTrigger
    | step PER keys sequence?                                 # keyedTrigger
    | EVERY duration PER keys                                 # everyTrigger
    | LABEL ref (ADDED TO | REMOVED FROM) ref                 # labelTrigger
    | ref JOINS ref                                           # joinTrigger
    ;
sequence: follow+ WITHIN duration (UNTIL step)?;
follow: NOT? FOLLOWED BY step;
step: (NUMBER TIMES)? sources (AS word)? (WHERE expression)?;

action: act (AT MOST rate)? (AFTER duration (TO duration)?)?;
act
    : OBSERVE                                                 # observeAct
    | LABEL target AS ref (FOR duration)?                     # labelAct
    | UNLABEL target AS ref                                   # unlabelAct
    | ADD additive TO ref (OF target)? (FOR duration)?        # addAct
    | REMOVE additive FROM ref                                # removeAct
    | OPEN CASE FOR target                                    # openCaseAct
    | ref target responseArgument*                            # responseAct
    ;
responseArgument: preposition additive;
target: EACH ref OF ref (WHERE memberCondition)? | path;

// A condition over the members of a group. It has its own rules because a response may go on behind it with the
// preposition `in`: were it an ordinary expression, every `in` of the language would have to look that far ahead.
memberCondition: memberConjunction (OR memberConjunction)*;
memberConjunction: memberNegation (AND memberNegation)*;
memberNegation: NOT memberNegation | memberComparison;
memberComparison: additive (test_ | {TokenStream.LA(1) != IN}?);

// ---- expressions, loosest first ----
expression: conjunction (OR conjunction)*;
conjunction: negation (AND negation)*;
negation: NOT negation | comparison;
comparison: additive test_?;
test_
    : (EQ | NEQ) additive ignoringCase?                       # equalityTest
    | (LT | LE | GT | GE) additive                            # orderTest
    | NOT? IN additive ignoringCase?                          # inTest
    | NOT? BETWEEN additive AND additive                      # betweenTest
    | NOT? (CONTAINS | LIKE | MATCHES | STARTS WITH | ENDS WITH) ((ANY | ALL) OF)? additive ignoringCase?   # textTest
    | IS (MISSING | NULL | PRESENT)                           # presenceTest
    | NOT? (HAS | HAD) LABEL ref (OLDER THAN duration)?       # labelTest
    ;
ignoringCase: IGNORING CASE;
additive: multiplicative ((PLUS | MINUS) multiplicative)*;
multiplicative: unary ((STAR | SLASH) unary)*;
unary: MINUS unary | primary;
primary
    : AT LEAST NUMBER OF LPAREN expression (COMMA expression)* RPAREN   # atLeastPrimary
    | literal                                                           # literalPrimary
    | path (LPAREN arguments? RPAREN)?                                  # pathPrimary
    | LPAREN expression RPAREN                                          # parenthesisPrimary
    ;
path: word (DOT word)*;
arguments: expression (COMMA expression)*;
literal
    : TEXT | RAW | rate | NUMBER | PERCENT | DURATION | SIZE | IP | CIDR | DATE | DATETIME | TRUE | FALSE | listLiteral
    ;
rate: NUMBER PER (SECOND | MINUTE | HOUR | DAY);
listLiteral: LBRACKET (literal (COMMA literal)* COMMA?)? RBRACKET;

// ---- read by themselves: a condition on its own, and the holes of because and title texts ----
loneExpression: expression EOF;

// ---- tests ----
testDecl: TEST TEXT (STARTING moment)? given+ expectation+;
given
    : GIVEN (NUMBER TIMES)? ref (AT duration)? (EVERY duration (FOR duration)?)? record   # givenEvents
    | GIVEN LABEL ref FOR ref TEXT (AT duration)?                                         # givenLabel
    | GIVEN literal IN ref                                                                # givenEntry
    ;
record: LBRACE (pair (COMMA pair)* COMMA?)? RBRACE;
pair: fieldPath COLON (literal | record);
expectation: TODO? EXPECT what (FOR ref TEXT)? (BY ref)? (NUMBER TIMES)? (AT duration | BETWEEN duration AND duration)?;
what
    : NOTHING                        # expectNothing
    | NO? LABEL ref                  # expectLabel
    | NO? ref                        # expectNamed
    | VALUE comparison               # expectValue
    ;
