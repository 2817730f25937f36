lexer grammar PolicyLexer;

// ---- words of the language that can never be a bare name (write `like` in backticks to use one) ----
AND: 'and'; OR: 'or'; NOT: 'not'; IN: 'in'; IS: 'is'; HAS: 'has'; HAD: 'had'; BETWEEN: 'between';
CONTAINS: 'contains'; STARTS: 'starts'; ENDS: 'ends'; LIKE: 'like'; MATCHES: 'matches'; IGNORING: 'ignoring';
OF: 'of'; PER: 'per'; OVER: 'over'; WHERE: 'where'; WHEN: 'when'; THEN: 'then'; BY: 'by'; ON: 'on';
TRUE: 'true'; FALSE: 'false';

// ---- words with a meaning in their place; elsewhere they are ordinary field names ----
PACK: 'pack'; USE: 'use'; ENTITY: 'entity'; EVENT: 'event'; EXTEND: 'extend'; RESPONSES: 'responses';
LABEL: 'label'; LIST: 'list'; LET: 'let'; DEFINE: 'define'; MEASURE: 'measure'; LINK: 'link'; SCORE: 'score';
RULE: 'rule'; RECIPE: 'recipe'; EXCEPT: 'except'; TEST: 'test';
OWNER: 'owner'; POLICY: 'policy'; RUNBOOK: 'runbook'; TAGS: 'tags'; SEVERITY: 'severity'; STAGE: 'stage';
FORMERLY: 'formerly'; HOLDOUT: 'holdout'; FAIL: 'fail'; CLOSED: 'closed'; BECAUSE: 'because'; ONCE: 'once'; REARM: 'rearm';
LOW: 'low'; MEDIUM: 'medium'; HIGH: 'high'; CRITICAL: 'critical';
DRAFT: 'draft'; SHADOW: 'shadow'; SAMPLED: 'sampled'; ENFORCE: 'enforce'; PAUSED: 'paused'; RETIRED: 'retired';
COUNT: 'count'; RATE: 'rate'; SHARE: 'share'; SUM: 'sum'; AVERAGE: 'average'; MIN: 'min'; MAX: 'max'; PERCENTILE: 'percentile';
VARIATION: 'variation'; DISTINCT: 'distinct'; ENTROPY: 'entropy'; TOP_SHARE: 'top_share'; LATEST: 'latest'; PREVIOUS: 'previous';
FIRST: 'first'; LAST: 'last'; SINCE: 'since'; ALIGNMENT: 'alignment';
STEP: 'step'; ENDING: 'ending'; AGO: 'ago'; SESSION: 'session'; IDLE: 'idle'; UNTIL: 'until'; EACH: 'each'; EVERY: 'every';
FOLLOWED: 'followed'; WITHIN: 'within'; TIMES: 'times'; ADDED: 'added'; REMOVED: 'removed'; JOINS: 'joins';
UNLESS: 'unless'; SHARED: 'shared'; MORE_: 'more'; FEWER: 'fewer'; OLDER: 'older'; THAN: 'than'; WITHOUT: 'without';
HALVES: 'halves';
UNLABEL: 'unlabel'; ADD: 'add'; REMOVE: 'remove'; OPEN: 'open'; CASE: 'case'; OBSERVE: 'observe'; ALSO: 'also';
FROM: 'from'; TO: 'to'; FOR: 'for'; WITH: 'with'; AS: 'as'; AT: 'at'; LEAST: 'least'; MOST: 'most'; AFTER: 'after';
SENSITIVE: 'sensitive'; MISSING: 'missing'; NULL: 'null'; PRESENT: 'present'; ANY: 'any'; ALL: 'all';
GIVEN: 'given'; EXPECT: 'expect'; NO: 'no'; NOTHING: 'nothing'; VALUE: 'value'; TODO: 'todo'; STARTING: 'starting';
SECOND: 'second'; MINUTE: 'minute'; HOUR: 'hour'; DAY: 'day';

// ---- literals ----
DATETIME: DATE_ 'T' D D ':' D D (':' D D ('.' D+)?)? ('Z' | [+-] D D ':' D D);
DATE: DATE_;
CIDR: (IP4_ | IP6_) '/' D+;
IP: IP4_ | IP6_;
DURATION: (D+ ('ms' | 'w' | 'd' | 'h' | 'm' | 's'))+;
SIZE: D+ ('kB' | 'MB' | 'GB' | 'TB' | 'KiB' | 'MiB' | 'GiB' | 'TiB');
PERCENT: D+ ('.' D+)? '%';
NUMBER: D (D | '_' D)* ('.' D+)?;
TEXT: '"' (~["\\\r\n] | '\\' ["\\nt] | '\\u{' [0-9a-fA-F]+ '}')* '"';
RAW: '\'' (~['\r\n] | '\'\'')* '\'';
QUOTED: '`' ~[`\r\n]+ '`';
NAME: [\p{L}_] [\p{L}\p{N}_]*;

EQ: '='; NEQ: '!='; LE: '<='; LT: '<'; GE: '>='; GT: '>';
PLUS: '+'; MINUS: '-'; STAR: '*'; SLASH: '/'; DOT: '.'; COMMA: ','; COLON: ':'; QUESTION: '?';
LPAREN: '('; RPAREN: ')'; LBRACKET: '['; RBRACKET: ']'; LBRACE: '{'; RBRACE: '}';

COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t\r\n\u00A0\uFEFF]+ -> channel(HIDDEN);

// ---- caught whole, so that the message can say what is wrong and reading can go on behind it ----
BAD_COMMENT: ('#' | '//' | '/*') ~[\r\n]*;
BAD_OPERATOR: '==' | '===' | '!==' | '=>' | '=<' | '<>' | '&&' | '&' | '||' | '|' | '!' | '\u2264' | '\u2265' | '\u2260';
BAD_NUMBER: D [0-9_]* ('.' D+)? ([eE] [+-]? D+ | [\p{L}_] [\p{L}\p{N}_]*);
BAD_ESCAPE: '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';
UNCLOSED_TEXT: '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'?;
UNCLOSED_RAW: '\'' (~['\r\n] | '\'\'')*;
UNCLOSED_QUOTED: '`' ~[`\r\n]*;
SMART_TEXT: [\u201C\u201D\u201E] ~["\u201C\u201D\u201E\r\n]* [\u201C\u201D\u201E"] | [\u2018\u2019\u201A] ~['\u2018\u2019\u201A\r\n]* [\u2018\u2019\u201A'];
BAD: .;

fragment D: [0-9];
fragment DATE_: D D D D '-' D D '-' D D;
fragment IP4_: D+ '.' D+ '.' D+ '.' D+;
fragment H: [0-9a-fA-F] [0-9a-fA-F]? [0-9a-fA-F]? [0-9a-fA-F]?;
fragment IP6_: (H ':')* H? '::' (H (':' H)*)? | H ':' H ':' H ':' H ':' H ':' H ':' H ':' H;
