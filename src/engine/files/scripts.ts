/** Fixed scripts for `sh`; what they work on comes as arguments only. */

/**
 * `$1` the file, `$2` a new name beside it, `$3` the folder, `$4` how many bytes come in: pipes of Windows cannot tell an end. All
 * of them are there before anything is replaced; then the new file takes the old one's place with its owner and mode. Where that
 * cannot be (hard links, a file that is itself a mount) the old file is filled anew. What comes in is read whole also where nothing can
 * be done with it: the engine loses the complaint of a program that leaves some of it (Podman: “connection reset by peer”).
 */
export const writeScript = `
LC_ALL=C; export LC_ALL
t=$2
trap 'rm -f -- "$t"' EXIT
umask 022
l=$4
if [ "$l" -eq 0 ]; then take() { :; }
elif command -v head >/dev/null; then take() { head -c "$l"; }
else take() { cat; }
fi
[ -d "$1" ] && { take >/dev/null; echo "Is a directory" >&2; exit 94; }
take | ( cat >"$t"; r=$?; cat >/dev/null; exit "$r" ) || exit 92
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

/**
 * `$1` becomes \`$2\`, which may be a file or an empty folder when \`$3\` is \`o\`, and must not be there otherwise. To another disk
 * it is copied, but not by Toybox, which says nothing of a full one and then removes what was there.
 */
export const renameScript = `
LC_ALL=C; export LC_ALL
case $(mv --version 2>/dev/null) in toybox*)
  from=$(stat -c %d -- "$1") && to=$(stat -c %d -- "\${2%/*}/") && [ "$from" != "$to" ] &&
    { echo "Toybox cannot be trusted to move files to another disk" >&2; exit 97; } ;;
esac
if [ -e "$2" ] || [ -h "$2" ]; then
  [ "$3" = o ] || { echo "File exists" >&2; exit 95; }
  if [ -d "$2" ] && [ ! -h "$2" ]; then rmdir -- "$2" || exit; fi
fi
mv -f -- "$1" "$2"
`

/** \`<mode in hex> <size> <mtime> <uid> <gid>\` of \`$1\`, a link followed where that leads somewhere. */
export const statScript = `
LC_ALL=C; export LC_ALL
stat -L -c "%f %s %Y %u %g" -- "$1" 2>/dev/null || stat -c "%f %s %Y %u %g" -- "$1"
`

export const readScript = `LC_ALL=C; export LC_ALL; cat -- "$1"`
