/** Some of what was gathered has taken its place, and then something went wrong. */
export const settledInPart = 96

/**
 * `$1` the folder in which new files have been gathered, `$2` the one they are for, then their names: each takes its place in one
 * step; into a folder that is there its files go beside those of other names. A link to a folder gives way to a file, at the top;
 * a folder is never put in the place of one. First all is looked at, and what is for another mount copied into that: what is in
 * the way, a full disk and a read-only mount are found before anything is replaced. Then files are renamed only, which needs no
 * space. What could not be gathered (devices, sockets) is passed over. Nothing stays of `$1`, but where a program is missing
 * (127), before anything has been done; Toybox's `cp` is as good as missing, since it says nothing of a full disk.
 */
export const settleScript = `
LC_ALL=C; export LC_ALL
for p in mv cp rm stat chown chmod; do command -v "$p" >/dev/null 2>&1 || exit 127; done
s=$1
cd -P -- "$2" || exit
[ -d "$s" ] || { echo "No such file or directory" >&2; exit 1; }
d=\${PWD%/}; w=\${s##*/}; shift 2
mounts='
'; escaped=; staged=; moved=; failed=
for n; do set -- "$@" "$d/$n"; shift; done
unescape() {
  p=$1
  case $p in *\\\\*) p=$(printf %b. "$p"); p=\${p%.} ;; esac
}
unstage() {
  printf %s "$escaped" | while IFS= read -r m; do
    unescape "$m"
    [ ! -d "$p/$w" ] || [ "$p/$w" = "$s" ] || rm -rf -- "$p/$w"
  done
}
tidy() { [ -z "$staged" ] || unstage; rm -rf -- "$s"; }
trap tidy EXIT
trap 'trap - EXIT; tidy; [ -z "$moved" ] || exit ${settledInPart}; exit 143' HUP INT TERM
[ ! -r /proc/self/mountinfo ] || while read -r _ _ _ _ m _; do
  escaped=$escaped$m'
'
  unescape "$m"
  mounts=$mounts$p'
'
done </proc/self/mountinfo
mounted() { case $mounts in *"
$1
"*) return 0 ;; esac; return 1; }
there() { [ -e "$1" ] || [ -h "$1" ]; }
folder() { [ -d "$1" ] && [ ! -h "$1" ]; }
toybox() { case $("$1" --version 2>/dev/null) in toybox*) return 0 ;; esac; return 1; }
refuse() { printf '%s\\n' "$1" >&2; return 1; }
look() {
  if mounted "$2"; then
    toybox cp && trap - EXIT && exit 127
    staged=1
    cp -a -- "$1" "$2/$w" || return
    set -- "$2/$w" "$2"
  fi
  for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    there "$e" && there "$2/\${e##*/}" || continue
    meet "$e" "$2/\${e##*/}" || return
  done
}
meet() {
  if folder "$1" && folder "$2"; then look "$1" "$2"
  elif folder "$2"; then refuse "$2: cannot overwrite directory"
  elif folder "$1"; then refuse "$2: cannot overwrite non-directory"
  elif mounted "$2"; then refuse "$2: Resource busy"
  fi
}
place() {
  if [ -d "$2/$w" ]; then set -- "$2/$w" "$2"; fi
  move "$1" "$2" || return
  for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    folder "$e" || continue
    place "$e" "$2/\${e##*/}" || return
  done
  dress "$1" "$2" || failed=1
}
dress() {
  p=$(stat -c %u:%g:%a -- "$1" "$2") || return
  p1=\${p%%
*}; p2=\${p##*
}
  if [ "$p1" != "$p2" ]; then chown "\${p1%:*}" "$2" && chmod "\${p1##*:}" "$2" || return; fi
  touch -r "$1" "$2" 2>/dev/null || :
}
move() {
  f=$1; t=$2; set --
  for e in "$f"/* "$f"/.[!.]* "$f"/..?*; do
    there "$e" && ! folder "$t/\${e##*/}" || continue
    set -- "$@" "$e"
    if [ $# -ge 100 ]; then into "$t" "$@" || return; set --; fi
  done
  if [ $# -gt 0 ]; then into "$t" "$@"; fi
}
into() {
  t=$1; shift
  if mv -f -- "$@" "$t/"; then moved=1; return; fi
  for g; do there "$g" || moved=1; done
  return 1
}
settle() {
  if folder "$2"; then place "$1" "$2"; else into "$d" "$1"; fi
}
for e; do
  g=$s/\${e##*/}
  there "$g" && there "$e" || continue
  if [ -h "$e" ] && ! folder "$g"; then continue; fi
  meet "$g" "$e" || exit
done
for n; do
  g=$s/\${n##*/}
  there "$g" || continue
  settle "$g" "$n" || { [ -z "$moved" ] || exit ${settledInPart}; exit 1; }
done
[ -z "$failed" ] || exit ${settledInPart}
`
