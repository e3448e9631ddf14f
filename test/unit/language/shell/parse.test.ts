import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleCommands, staticText } from '../../../../src/language/shell/commands.ts'
import { parseShell } from '../../../../src/language/shell/parse.ts'
import { printShell } from './print-shell.ts'
import { runs } from '../../../support/runs.ts'

const print = (text: string): string => printShell(parseShell(text).script)
const problems = (text: string): string[] =>
  parseShell(text).problems.map((p) => `${p.code} ${p.token} ${p.start}`)

describe('the tree of a script', () => {
  test.each([
    ['', ''],
    ['# only a comment', ''],
    ['apt-get update && apt-get install -y curl', '([apt-get update] && [apt-get install -y curl])'],
    ['a || b && c', '([a] || [b] && [c])'],
    ['a; b', '[a] ; [b]'],
    ['a\nb\n\nc', '[a] ; [b] ; [c]'],
    ['sleep 1 & wait', '(background [sleep 1]) ; [wait]'],
    ['curl -sSL x | tar xz -C /y', '(pipe [curl -sSL x] [tar xz -C /y])'],
    ['! grep -q x f', '(not [grep -q x f])'],
    ['a &&\n b', '([a] && [b])'],
    ['a |\n b', '(pipe [a] [b])'],
    ['a \\\n b', '[a b]'],
    ['echo a#b # c', '[echo a#b]'],
    ['FOO=bar BAZ="q r" make all', '[FOO=bar BAZ="q r" make all]'],
    ['X=1', '[X=1]'],
    ['a=(x "y z") b+=c', '[a=(x "y z") b+=c]'],
    ["echo 'a b' \"c $d ${e}\" $'f\\n' g\\ h", '[echo \'a b\' "c ${d} ${e}" f\\n g h]'],
    ['echo ""', '[echo ""]'],
    [
      'echo ${a:-b c} ${#d} ${e##*/} ${f//x/y} ${g[@]} ${1} $1 $@ $?',
      '[echo ${a:-b c} ${#d} ${e##*/} ${f//x/y} ${g[@]} ${1} ${1} ${@} ${?}]',
    ],
    ['echo ${a:-${b:-$(c d)}}', '[echo ${a:-${b:-$([c d])}}]'],
    ['echo $(date +%s) `uname -m`', '[echo $([date +%s]) $([uname -m])]'],
    ['echo "$(dpkg --print-architecture)"', '[echo "$([dpkg --print-architecture])"]'],
    ['echo $((1 + $x)) $((a*(b+c)))', '[echo $((1 + ${x})) $((a*(b+c)))]'],
    ['echo $((a; b) | c)', '[echo $((pipe (subshell [a] ; [b]) [c]))]'],
    ['diff <(sort a) <(sort b)', '[diff <([sort a]) <([sort b])]'],
    ['echo $ a$', '[echo $ a$]'],
    ['cmd > out 2>&1 < in >> log 2>/dev/null', '[cmd >out 2>&1 <in >>log 2>/dev/null]'],
    ['cmd &>all <<<"text"', '[cmd &>all <<<"text"]'],
    ['exec {fd}>x', '[exec {fd}>x]'],
    ['echo 2 >x', '[echo 2 >x]'],
    ['(cd /x && make)', '(subshell ([cd /x] && [make]))'],
    ['{ a; b; } > log', '(group [a] ; [b] >log)'],
    ['echo {a,b}', '[echo {a,b}]'],
    ['if [ -f x ]; then a; elif b; then c; else d; fi', '(if ([[ -f x ]] ? [a]) ([b] ? [c]) (else [d]))'],
    ['if a; then b; fi && c', '((if ([a] ? [b])) && [c])'],
    ['for i in 1 2 3; do echo $i; done', '(for i in 1 2 3 do [echo ${i}])'],
    ['for i in $(seq 3)\ndo\necho $i\ndone', '(for i in $([seq 3]) do [echo ${i}])'],
    ['for ((i=0;i<3;i++)); do a; done', '(for  do [a])'],
    ['for f; do a; done', '(for f do [a])'],
    ['while read -r x; do a; done < f', '(while [read -r x] do [a] <f)'],
    ['until a; do b; done', '(until [a] do [b])'],
    ['case "$x" in a|b) c;; (d) e ;; *) f; esac', '(case "${x}" (a|b [c]) (d [e]) (* [f]))'],
    ['f() { a; }; f', '(function f (group [a])) ; [f]'],
    ['function g { a; }', '(function g (group [a]))'],
    ['[[ $a == b* && -n "$c" ]] && d', '((test ${a} == b* && -n "${c}") && [d])'],
    ['[[ $a =~ ^(x|y)$ ]]', '(test ${a} =~ ^(x|y)$)'],
    ['(( a++ ))', '(arithmetic )'],
    ['rm -rf !(a|b) *.@(c|d)', '[rm -rf !(a|b) *.@(c|d)]'],
    ['cat <<EOF > f && b\nx $y\nEOF\nc', '([cat <<EOF >f] && [b]) ; [c]'],
    ["cat <<-'E'\n\tx\n\tE\nd", "[cat <<-'E'] ; [d]"],
    ['if a; then find b; fi', '(if ([a] ? [find b]))'],
    ['while docker ps; do donee; done', '(while [docker ps] do [donee])'],
    ['if a; then elsewhere; thenx; fi', '(if ([a] ? [elsewhere] ; [thenx]))'],
    ['case a in b) esacs ;; esac', '(case a (b [esacs]))'],
    ['declare -a x=(b "c d") && e+=(f)', '([declare -a x=(b "c d")] && [e+=(f)])'],
    ['for ((i=0; i < $(($3 / 4)); i++)); do a; done', '(for  do [a])'],
    ['echo done; echo fi if then', '[echo done] ; [echo fi if then]'],
    ['a ;\r\nb\r\n', '[a] ; [b]'],
  ])('%s', (text, tree) => {
    expect(print(text)).toBe(tree)
    expect(problems(text)).toEqual([])
  })

  test('bodies of heredocs', () => {
    const text = 'cat <<A <<-"B" x\n1\nA\n\t2\n\tB\nend'
    const [cat] = simpleCommands(parseShell(text).script)
    expect(
      cat!.redirects.map(({ heredoc }) => [
        heredoc!.delimiter,
        heredoc!.quoted,
        text.slice(heredoc!.body!.start, heredoc!.body!.end),
      ]),
    ).toEqual([
      ['A', false, '1\n'],
      ['B', true, '\t2\n'],
    ])
  })
})

describe('what a shell cannot read', () => {
  test.each([
    ['echo "a', ['unclosedQuote " 5']],
    ["echo 'a", ["unclosedQuote ' 5"]],
    ['echo $(a', ['unclosedExpansion $( 5']],
    ['echo ${a', ['unclosedExpansion ${ 5']],
    ['echo `a', ['unclosedExpansion ` 5']],
    ['if a; then b', ['unclosedCompound if 0']],
    ['if a; b; fi', ['unclosedCompound if 0', 'unexpectedToken fi 9']],
    ['for i in a b; do c', ['unclosedCompound for 0']],
    ['while a; do b', ['unclosedCompound while 0']],
    ['case a in b) c;;', ['unclosedCompound case 0']],
    ['(a', ['unclosedCompound ( 0']],
    ['{ a; ', ['unclosedCompound { 0']],
    ['a )', ['unexpectedToken ) 2']],
    ['done', ['unexpectedToken done 0']],
    ['a && && b', ['missingCommand && 5']],
    ['a &&', ['missingCommand && 2']],
    ['a |', ['missingCommand | 2']],
    ['&& a', ['missingCommand && 0']],
    ['; a', ['unexpectedToken ; 0']],
    ['a >', ['missingTarget > 2']],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected)
  })
})

describe('simple commands', () => {
  test('are found inside everything', () => {
    const text =
      'a "$(b)"; if c; then (d); else { e; }; fi; for x in `f`; do g | h; done; case i in j) k;; esac; l() { m; }; echo ${n:-$(o)} <(p) > $(q)'
    expect(simpleCommands(parseShell(text).script).map((c) => staticText(c.words[0]!))).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'k',
      'm',
      'echo',
      'o',
      'p',
      'q',
    ])
  })

  test('their words are known unless something is expanded', () => {
    const [command] = simpleCommands(parseShell('x \'a b\' "c" d"e"\\ f "$g" h$(i)').script)
    expect(command!.words.map(staticText)).toEqual(['x', 'a b', 'c', 'de f', undefined, undefined])
  })
})

describe('sturdiness', () => {
  const tokens = fc.constantFrom(
    'if', 'then', 'fi', 'do', 'done', 'case', 'in', 'esac', 'for', '{', '}', '(', ')', '((', '))', '[[', ']]', '$(', '${', '`',
    '"', "'", '\\', '\n', ' ', ';', ';;', '&', '&&', '|', '||', '<', '<<', '<<E\n', '>', '>&', 'a', 'x=', '$', '$((', '#', '!', '\r', '\u0000', '\ud800',
  ) // prettier-ignore
  test('nothing throws and every place lies in the text', () => {
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 60 }), (list) => {
        const text = list.join('')
        const { script, problems: found } = parseShell(text)
        for (const command of simpleCommands(script)) {
          expect(command.start).toBeGreaterThanOrEqual(0)
          expect(command.end).toBeLessThanOrEqual(text.length)
          expect(command.start).toBeLessThanOrEqual(command.end)
        }
        for (const problem of found) expect(problem.start).toBeLessThanOrEqual(problem.end)
      }),
      { seed: 7, numRuns: runs(3_000) },
    )
  })

  test.each([
    '$(',
    '`',
    '"',
    '(',
    '{ ',
    'if a; then ',
    '${a:-',
    '$((',
    'case a in b) ',
    '[[ ',
    'f() ',
    '<(',
    'a <<E ',
    "'",
    'a=(',
    '!',
    '&& ',
  ])('100,000 times %s', (token) => {
    expect(() => parseShell(token.repeat(100_000))).not.toThrow()
  })
})
