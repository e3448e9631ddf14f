# What the stand-ins share; each starts with `. /stand-in/lib.sh`.
set -eu

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# There must be such a file or folder.
need() {
  for path in "$@"; do [ -e "$path" ] || die "$path: no such file in $(pwd)"; done
}

# What a program downloads must be kept by a mount.
cached() {
  grep -q " $1 " /proc/mounts || die "nothing keeps $1"
}

# Answers on a port with how the program was called.
serve() {
  port=$1
  shift
  served=/tmp/served
  /stand-in/busybox mkdir -p "$served"
  echo "$* (user $(/stand-in/busybox id -u), folder $(pwd))" >"$served/index.html"
  exec /stand-in/busybox httpd -f -p "$port" -h "$served"
}

# The words after a flag.
after() {
  flag=$1
  shift
  while [ $# -gt 0 ]; do
    if [ "$1" = "$flag" ]; then
      echo "${2-}"
      return
    fi
    shift
  done
}

has() {
  word=$1
  shift
  for each in "$@"; do [ "$each" != "$word" ] || return 0; done
  return 1
}
