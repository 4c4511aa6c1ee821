#!/bin/sh
# check_macos.sh <archive for macOS>: checks the programs of an archive without running them. For both processors, they
# must start on macOS 12, use no shared libraries except the system's, and have a valid signature if they are for arm64.
# Together they must use exactly the functions of libcurl.tbd. Needs LLVM and Perl.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
tar -C "$root" --strip-components=1 -xzf "$1"

expect() { # expect <subject> <expected words> <words>
    if [ "$2" != "$3" ]; then
        printf '%s: expected:\n%s\nfound:\n%s\n' "$1" "$2" "$3" >&2
        exit 1
    fi
    echo "$1: $3"
}

values() { # values <field of the headers>; prints its values in one line
    sed -n "s/^ *$1 \([^ ]*\).*/\1/p" "$root/headers" | sort | xargs
}

# Compares the hashes of a signature with those of the pages of one program in a universal file.
check_signature() { # check_signature <file> <offset of the program> <offset of the signature in the program>
    perl -MDigest::SHA=sha256 -e '
        my ($name, $start, $at) = @ARGV;
        open(my $file, "<:raw", $name) or die "$name: $!\n";
        read($file, my $bytes, -s $file);
        $bytes = substr($bytes, $start);
        my ($magic, $directory) = (unpack("N5", substr($bytes, $at, 20)))[0, 4];
        die "$name: no signature\n" if $magic != 0xfade0cc0;
        $directory = substr($bytes, $at + $directory);
        my ($flags, $hashes, $pages, $end, $type, $size) = (unpack("N9C4", $directory))[3, 4, 7, 8, 10, 12];
        die "$name: not signed ad hoc with SHA-256, up to the signature\n" if !($flags & 2) || $type != 2 || $end != $at;
        for my $page (0 .. $pages - 1) {
            my $from = $page << $size;
            my $text = substr($bytes, $from, $end - $from < 1 << $size ? $end - $from : 1 << $size);
            die "$name: page $page differs\n" if sha256($text) ne substr($directory, $hashes + 32 * $page, 32);
        }
        die "$name: pages without a hash\n" if $pages << $size < $end;
        print "signature of $pages pages: valid\n";' "$1" "$2" "$3"
}

: >"$root/used"
for name in applivery-builds applivery-mock-server; do
    program=$root/bin/$name
    llvm-objdump --macho --universal-headers "$program" >"$root/headers"
    expect "$name, processors" "arm64 x86_64" "$(values architecture)"
    start=$(sed -n '/^architecture arm64/,$s/^ *offset //p' "$root/headers")
    for processor in arm64 x86_64; do
        llvm-objdump --macho --arch=$processor --private-headers "$program" >"$root/headers"
        expect "$name, $processor, oldest macOS" 12.0 "$(values minos)"
        libraries=$(values name | tr ' ' '\n' | grep -v '^/usr/lib/dyld$' | xargs)
        expect "$name, $processor, libraries" "/usr/lib/libSystem.B.dylib /usr/lib/libcurl.4.dylib" "$libraries"
        llvm-nm -u -arch $processor "$program" | grep '^_curl_' >>"$root/used"
        if [ $processor = arm64 ]; then
            check_signature "$program" "$start" "$(sed -n '/LC_CODE_SIGNATURE/,$s/^ *dataoff //p' "$root/headers")"
        fi
    done
done
expect "functions of libcurl" "$(grep -o '_curl_[a-z_]*' "$here/libcurl.tbd" | sort -u | xargs)" \
    "$(sort -u "$root/used" | xargs)"
