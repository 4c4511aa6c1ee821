#!/bin/sh
# Installs applivery-builds for a CI job: downloads a release archive and compares its checksum. Without an archive,
# builds the program from source, which takes a few minutes.
#
#   sh install.sh FOLDER    the program becomes FOLDER/applivery-builds
#
#   APPLIVERY_BUILDS_URL     archive of a release for the system of the job
#   APPLIVERY_BUILDS_SHA256  SHA-256 of the archive, from SHA256SUMS of the release
#   APPLIVERY_BUILDS_SOURCE  if there is no URL: git repository; needs CMake and the packages that the README names
set -eu

folder=${1:?name the folder for the program}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "install.sh: $1" >&2
    exit 1
}

checksum_of() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

download() {
    archive=$work/${APPLIVERY_BUILDS_URL##*/}
    [ -n "${APPLIVERY_BUILDS_SHA256:-}" ] || fail "APPLIVERY_BUILDS_SHA256 is not set. Copy it from the release's SHA256SUMS."
    curl -fsSL --retry 3 -o "$archive" "$APPLIVERY_BUILDS_URL" || fail "could not download $APPLIVERY_BUILDS_URL."
    actual=$(checksum_of "$archive")
    [ "$actual" = "$APPLIVERY_BUILDS_SHA256" ] ||
        fail "the SHA-256 of $APPLIVERY_BUILDS_URL is $actual, not $APPLIVERY_BUILDS_SHA256."
    case $archive in
        *.zip) unzip -q "$archive" -d "$work" ;;
        *) tar -xzf "$archive" -C "$work" ;;
    esac
    # The completions of the archive have the name of the program, too.
    program=$(find "$work" -type f -path '*/bin/applivery-builds*' | head -n 1)
    [ -n "$program" ] || fail "the archive does not contain applivery-builds."
}

build() {
    [ -n "${APPLIVERY_BUILDS_SOURCE:-}" ] || fail "set APPLIVERY_BUILDS_URL or APPLIVERY_BUILDS_SOURCE."
    git clone -q --depth 1 "$APPLIVERY_BUILDS_SOURCE" "$work/source"
    cmake -S "$work/source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DAPPLIVERY_BUILD_PROGRAM=ON
    cmake --build "$work/build" --parallel 2 --target applivery-builds
    program=$work/build/examples/applivery-builds
}

if [ -n "${APPLIVERY_BUILDS_URL:-}" ]; then download; else build; fi
mkdir -p "$folder"
cp "$program" "$folder/"
