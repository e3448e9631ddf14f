/** Fixed scripts for `sh`; what they work on comes as arguments only. */

/**
 * `$1` the file, `$2` a new name beside it, `$3` the folder, `$4` how many bytes come in. All of them are there before anything
 * is replaced; then the new file takes the old one's place with its owner and mode. Where that cannot be (hard links, a file that
 * is itself a mount) the old file is filled anew. What comes in is read to its end also where nothing can be done with it: the engine
 * loses the complaint of a program that leaves some of it (Podman: “connection reset by peer”).
 */
export const writeScript = `
LC_ALL=C; export LC_ALL
t=$2
trap 'rm -f -- "$t"; cat >/dev/null' EXIT
umask 022
[ -d "$1" ] && { echo "Is a directory" >&2; exit 94; }
cat >"$t" || exit 92
[ "$(wc -c <"$t")" -eq "$4" ] || { echo "The new content did not arrive whole" >&2; exit 93; }
if [ -e "$1" ]; then o=$1; m=$(stat -c %a "$1"); n=$(stat -c %h "$1"); else o=$3; m=644; n=1; fi
w=$(stat -c %u:%g "$o")
if [ "$n" = 1 ] && chown "$w" "$t" && chmod "$m" "$t" && mv -f -- "$t" "$1"; then exit 0; fi 2>/dev/null
cat "$t" >"$1"
`

/** `$1` the folder to make, `$2` the one it is in, whose owner it gets. */
export const createFolderScript = `
LC_ALL=C; export LC_ALL
mkdir -- "$1" || exit
chown "$(stat -c %u:%g "$2")" "$1" 2>/dev/null || true
`

/** `$1` what goes, `$2` is \`r\` when all that is in it goes too. */
export const removeScript = `
LC_ALL=C; export LC_ALL
if [ "$2" = r ]; then rm -rf -- "$1"
elif [ -d "$1" ] && [ ! -h "$1" ]; then rmdir -- "$1"
else rm -f -- "$1"
fi
`

/** `$1` becomes \`$2\`, which may be a file or an empty folder when \`$3\` is \`o\`, and must not be there otherwise. */
export const renameScript = `
LC_ALL=C; export LC_ALL
if [ -e "$2" ] || [ -h "$2" ]; then
  [ "$3" = o ] || { echo "File exists" >&2; exit 95; }
  if [ -d "$2" ] && [ ! -h "$2" ]; then rmdir -- "$2" || exit; fi
fi
mv -f -- "$1" "$2"
`

/** \`<mode in hex> <size> <mtime> <uid> <gid>\` of \`$1\`, a link followed. */
export const statScript = `LC_ALL=C; export LC_ALL; stat -L -c "%f %s %Y %u %g" -- "$1"`

export const readScript = `LC_ALL=C; export LC_ALL; cat -- "$1"`

/** Some of what was gathered has taken its place, and then something went wrong. */
export const settledInPart = 96

/**
 * `$1` the folder in which new files have been gathered, `$2` the one they are for, then their names: each takes its place in one
 * step; into a folder that is there its files go beside those of other names. A link to a folder gives way at the top: `mv` would
 * go into it. First all is looked at, and what is for another mount copied into that: what is in the way, a full disk and a
 * read-only mount are found before anything is replaced. Then files are renamed only, which needs no space. What could not be
 * gathered (devices, sockets) is passed over. Nothing stays of `$1`.
 */
export const settleScript = `
LC_ALL=C; export LC_ALL
s=$1
cd -P -- "$2" || exit
d=\${PWD%/}; w=\${s##*/}; shift 2
mounts='
'; staged=; moved=
for n; do set -- "$@" "$d/$n"; shift; done
trap 'c=$?; [ -z "$staged" ] || find "$@" -name "$w" -prune -exec rm -rf -- {} +; [ $c = 127 ] || rm -rf -- "$s"' EXIT
[ ! -r /proc/self/mountinfo ] || while read -r _ _ _ _ m _; do
  case $m in *\\\\*) m=$(printf %b "$m") ;; esac
  mounts=$mounts$m'
'
done </proc/self/mountinfo
mounted() { case $mounts in *"
$1
"*) return 0 ;; esac; return 1; }
there() { [ -e "$1" ] || [ -h "$1" ]; }
folder() { [ -d "$1" ] && [ ! -h "$1" ]; }
look() {
  if mounted "$2"; then
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
  elif folder "$2"; then echo "cannot overwrite directory $2" >&2; return 1
  elif folder "$1"; then echo "cannot overwrite non-directory $2" >&2; return 1
  elif mounted "$2"; then echo "$2: Resource busy" >&2; return 1
  fi
}
place() {
  if [ -d "$2/$w" ]; then set -- "$2/$w" "$2"; fi
  move "$1" "$2" || return
  for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    folder "$e" || continue
    place "$e" "$2/\${e##*/}" || return
  done
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
    if [ $# -ge 100 ]; then mv -f -- "$@" "$t/" || return; moved=1; set --; fi
  done
  if [ $# -gt 0 ]; then mv -f -- "$@" "$t/" || return; moved=1; fi
}
settle() {
  if folder "$2"; then place "$1" "$2"; return; fi
  if [ -h "$2" ] && [ -d "$2" ]; then rm -f -- "$2" || return; fi
  mv -f -- "$1" "$2" && moved=1
}
for e; do
  g=$s/\${e##*/}
  there "$g" && there "$e" || continue
  if [ -h "$e" ] && [ -d "$e" ]; then continue; fi
  meet "$g" "$e" || exit
done
for n; do
  g=$s/\${n##*/}
  there "$g" || continue
  settle "$g" "$n" || { c=$?; [ -z "$moved" ] || c=${settledInPart}; exit $c; }
done
`
