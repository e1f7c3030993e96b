# For the scripts beside it to source: the project's folder, and building it without a word where all is well.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# quietly LOG COMMAND…: what the command prints goes to LOG, and is shown where it fails.
quietly() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" != 0 ]; then
        cat "$log" >&2
        echo "failed: $*" >&2
        exit 3
    fi
}

# build PRESET [-D…]: configures where that has not been done, then builds what is out of date, into build/PRESET: all, or
# the preset's targets.
build() {
    local preset=$1
    shift
    local folder=$root/build/$preset
    if [ ! -e "$folder/build.ninja" ]; then
        echo "building $folder (minutes, the first time)" >&2
        quietly "$folder/configure.log" cmake -S "$root" --preset "$preset" "$@"
    fi
    (cd "$root" && quietly "$folder/build.log" cmake --build --preset "$preset")
}

# A preset's folder that was configured without the tests is configured again.
build_with_tests() {
    local cache=$root/build/$1/CMakeCache.txt
    if ! grep -q '^PARLEY_TESTS:BOOL=ON$' "$cache" 2>/dev/null; then rm -f "$root/build/$1/build.ninja"; fi
    build "$1" -DPARLEY_TESTS=ON
}
