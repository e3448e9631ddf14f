. /stand-in/lib.sh

# Where this Python keeps its packages: those of a virtual environment lie in it.
prefix_of() {
  folder=${1%/bin/*}
  if [ -e "$folder/pyvenv.cfg" ]; then echo "$folder"; else echo /usr/local; fi
}

make_venv() {
  mkdir -p "$1/bin" "$1/packages"
  echo "home = /usr/local/bin" >"$1/pyvenv.cfg"
  ln -sf /stand-in/python "$1/bin/python"
  cp /stand-in/pip "$1/bin/pip"
}

# Installs a package by its requirement: `Flask==3`, `uvicorn[standard]>=0.3`.
install_one() {
  prefix=$1
  requirement=$2
  name=$(echo "$requirement" | sed 's/[[<>=!~; ].*//' | tr A-Z a-z)
  mkdir -p "$prefix/packages"
  touch "$prefix/packages/$name"
  case $name in
  psycopg2 | mysqlclient) need /stand-in/libraries ;;
  uvicorn | gunicorn | flask | streamlit | mkdocs) programs=$name ;;
  mkdocs-material) programs=mkdocs ;;
  fastapi) case $requirement in *'[standard]'* | *'[all]'*) programs=uvicorn ;; esac ;;
  poetry | pipenv) cp "/stand-in/$name" "$prefix/bin/$name" ;;
  esac
  for program in ${programs-}; do
    cp /stand-in/server "$prefix/bin/$program"
    touch "$prefix/packages/$program"
  done
  programs=
}

install_file() {
  need "$2"
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '' | '#'*) ;;
    '-r '*) install_file "$1" "$(dirname "$2")/${line#-r }" ;;
    '-e '*)
      need pyproject.toml
      mkdir -p shop.egg-info
      ;;
    *) install_one "$1" "$line" ;;
    esac
  done <"$2"
}

# The names below a table of TOML, each once.
install_table() {
  sed -n "/^\[$3\]/,/^\[[a-z]/p" "$2" | sed -n 's/^\([A-Za-z][A-Za-z0-9_-]*\) *= *"\{0,1\}\([^"]*\).*/\1/p' | while read -r name; do
    [ "$name" = python ] || install_one "$1" "$name"
  done
}

# The list `dependencies` of `[project]`, on one line.
install_project() {
  grep -q '^\[project\]' "$2" || die "$2 has no [project]"
  sed -n 's/^dependencies *= *\[\(.*\)\]/\1/p' "$2" | tr ',' '\n' | sed 's/^ *"//; s/" *$//' | while read -r name; do
    [ -z "$name" ] || install_one "$1" "$name"
  done
}

# The package of the folder itself, with the programs that it brings.
install_folder() {
  if [ -e setup.py ]; then
    for name in $(sed -n "s/.*install_requires=\[\([^]]*\)\].*/\1/p" setup.py | tr -d "\"'" | tr , ' '); do
      [ "$2" = alone ] || install_one "$1" "$name"
    done
  else
    need pyproject.toml
    [ "$2" = alone ] || install_project "$1" pyproject.toml
  fi
  for name in $(cat setup.py pyproject.toml 2>/dev/null | sed -n "s/.*[\"']*\b\([a-z][a-z-]*\) *= *[\"']*[a-z.]*:main.*/\1/p"); do
    cp /stand-in/server "$1/bin/$name"
  done
}

# `package.module:name` is there, below any of the folders.
need_application() {
  module=${1%%:*}
  name=${1#*:}
  [ "$name" != "$1" ] || name=$3
  name=${name%'()'}
  path=$(echo "$module" | tr . /)
  for folder in "$2" ${PYTHONPATH-}; do
    for file in "$folder/$path.py" "$folder/$path/__init__.py"; do
      if [ -e "$file" ]; then
        grep -Eq "^(def )?$name\b" "$file" || die "$file has no $name"
        return
      fi
    done
  done
  die "no module named $module"
}
