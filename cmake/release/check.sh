#!/bin/sh
# check.sh <archive for Linux> [<emulator>]: runs the programs of an archive in a root directory that contains nothing else:
# no shared library, no shell and no /proc. The mock of the service serves TLS. The program must find its authority where
# each distribution keeps authorities. Needs root; for another processor, the static emulator of QEMU.
set -eu
root=$(mktemp -d)
server=
: >"$root/server"
trap '[ -z "$server" ] || kill "$server" || true; rm -rf "$root"' EXIT
trap 'exit 1' HUP INT TERM # dash does not run the trap of EXIT when a signal ends it
tar -C "$root" --strip-components=1 -xzf "$1"
mkdir "$root/tmp"
emulator=${2:+/emulator}
if [ -n "$emulator" ]; then cp "$(command -v "$2")" "$root/emulator"; fi

inside() { # inside <program> <arguments...>; the variables are those of the caller
    chroot "$root" $emulator "/bin/$@"
}

# Not by inside(), because $! would be the subshell of the function.
chroot "$root" $emulator /bin/applivery-mock-server --tls >"$root/server" 2>"$root/log" &
server=$!
until [ "$(wc -l <"$root/server")" -ge 2 ]; do
    kill -0 "$server" || {
        cat "$root/server" "$root/log" >&2
        echo "check.sh: starting the mock server failed. Its output is above." >&2
        exit 1
    }
    sleep 0.1
done
APPLIVERY_BASE_URL=$(sed -n 1p "$root/server")
APPLIVERY_APP_TOKEN=$(sed -n "s/.*APPLIVERY_APP_TOKEN='\([^']*\)'.*/\1/p" "$root/log")
authority=$(sed -n 2p "$root/server")
export APPLIVERY_BASE_URL APPLIVERY_APP_TOKEN
unset CURL_CA_BUNDLE https_proxy HTTPS_PROXY all_proxy ALL_PROXY

export SSL_CERT_FILE="$authority"
inside applivery-builds --version
inside applivery-builds list --limit 3
inside applivery-builds wait --build-id 6731e9e7a1b2c3d4e5f60702 --timeout 20s
inside applivery-builds doctor

unset SSL_CERT_FILE
if inside applivery-builds latest >"$root/log" 2>&1; then
    echo "a certificate of an unknown authority was accepted" >&2
    exit 1
fi
for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem /etc/ssl/ca-bundle.pem \
    /etc/ssl/cert.pem; do # Debian, Fedora, SUSE, Alpine
    mkdir -p "$root${file%/*}"
    cp "$root$authority" "$root$file"
    inside applivery-builds latest >"$root/log"
    rm "$root$file"
    echo "authorities found in $file"
done
