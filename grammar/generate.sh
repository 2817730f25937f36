#!/usr/bin/env bash
# Writes the lexer and the parser from the two grammar files into src/PolicyEngine.Language/Syntax/Generated.
# The output is committed, so that a build needs neither Node nor Java. `--check` fails when it is out of date.
set -euo pipefail
generator=antlr-ng@1.0.10
here="$(cd "$(dirname "$0")" && pwd)"
target="$here/../src/PolicyEngine.Language/Syntax/Generated"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cp "$here/PolicyLexer.g4" "$here/PolicyParser.g4" "$work"
cd "$work"
for grammar in PolicyLexer PolicyParser; do
    npx --yes --loglevel=error "$generator" -D language=CSharp -p PolicyEngine.Language.Syntax.Generated \
        -l false -v false --lib out -o out "$grammar.g4"
done
for grammar in PolicyLexer PolicyParser; do
    # Parser contexts are nobody's business outside the room, and a pure room has no console: the generator knows neither.
    printf '#nullable disable\n' > "$grammar.cs"
    sed -e 's/\r$//' -e 's/[ \t]*$//' -e '/^\[System.CLSCompliant/d' \
        -e 's/^public partial class/internal partial class/' -e 's/Console\.\(Out\|Error\)/TextWriter.Null/g' \
        "out/$grammar.cs" >> "$grammar.cs"
done

if [ "${1:-}" = "--check" ]; then
    for grammar in PolicyLexer PolicyParser; do
        diff -q "$grammar.cs" "$target/$grammar.cs" || { echo "run grammar/generate.sh and commit the result" >&2; exit 1; }
    done
    echo "generated parser is up to date"
else
    mkdir -p "$target"
    cp PolicyLexer.cs PolicyParser.cs "$target/"
fi
