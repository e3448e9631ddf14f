# Archives as texts: what starts it, where it listens, and the classes that are in it.
. /stand-in/lib.sh

# jar FILE executable|plain MODULE-FOLDER
jar() {
  mkdir -p "$(dirname "$1")"
  resources=$3/src/main/resources/application.properties
  port=$([ ! -e "$resources" ] || sed -n 's/^\(server\|quarkus.http\).port=//p' "$resources")
  {
    echo "$2"
    echo "${port:-8080}"
    [ ! -d "$3/src/main/java" ] || (cd "$3/src/main/java" && find . -name '*.java' | sed 's!^\./!!; s!/!.!g; s!\.java$!!')
  } >"$1"
}
