#!/bin/sh
# dependencies.sh <directory of the sources> <directory of the target> <OpenSSL's name of the target> <jobs>: builds zlib,
# OpenSSL, nghttp2 and libcurl as static libraries, and installs them in `prefix` of the directory of the target. The
# programs for macOS use the system's libcurl, of which this script installs the headers and a stub. libcurl for Windows
# uses Schannel instead of OpenSSL, and no nghttp2. A library that is installed already is not built again. targets.cmake
# removes the directory of the target if the sources, the compiler or the scripts have changed.
set -e
sources=$1 target=$2 openssl_target=$3 jobs=$4
here=$(cd "$(dirname "$0")" && pwd)
prefix=$target/prefix
export PATH="$target/bin:$PATH" # cc, ar and ranlib of the target
export SOURCE_DATE_EPOCH=1 # OpenSSL stores its date, and a later commit uses the same build
export CC=cc AR=ar RANLIB=ranlib # without directories, because OpenSSL stores this text

# begin <name>: enters an empty directory, or returns 1 if the library is installed. In a condition, `set -e` has no effect.
begin() {
    stamp=$target/$1.installed
    if [ -e "$stamp" ]; then return 1; fi
    rm -rf "$target/$1" && mkdir "$target/$1" && cd "$target/$1" || exit
}

with_cmake() { # with_cmake <name> <options...>
    name=$1
    shift
    cmake -G Ninja -S "$sources/$name" -B . -DCMAKE_TOOLCHAIN_FILE="$target/toolchain.cmake" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF "$@"
    ninja -j "$jobs" install
}

if begin zlib; then
    # zlib 1.2.13 mistakes a new compiler for macOS for one of Mac OS 9, and then replaces fdopen(), except a macro.
    CFLAGS="-O2 -Dfdopen=fdopen" sh "$sources/zlib/configure" --static --prefix="$prefix"
    make -j "$jobs" libz.a
    make install
    touch "$stamp"
fi

if [ "$openssl_target" != mingw64 ] && begin openssl; then
    # musl has no makecontext(), which asynchronous jobs need.
    perl "$sources/openssl/Configure" "$openssl_target" --prefix=/ --libdir=lib --openssldir=/etc/ssl -O2 no-async \
        no-aria no-bf no-blake2 no-camellia no-cast no-cmp no-cms no-comp no-ct no-dso no-dtls no-ec2m no-engine no-gost \
        no-idea no-legacy no-md4 no-mdc2 no-module no-ocb no-psk no-rc2 no-rc4 no-rfc3779 no-rmd160 no-scrypt no-seed \
        no-shared no-siphash no-sm2 no-sm3 no-sm4 no-srp no-srtp no-ssl3 no-tests no-ts no-whirlpool
    make -j "$jobs" build_libs
    make install_dev DESTDIR="$prefix"
    touch "$stamp"
fi

case $openssl_target in
darwin*)
    if begin curl; then
        mkdir -p "$prefix/include" "$prefix/lib"
        cp -r "$sources/curl/include/curl" "$prefix/include"
        cp "$here/libcurl.tbd" "$prefix/lib"
        touch "$stamp"
    fi
    exit
    ;;
esac

if [ "$openssl_target" != mingw64 ] && begin nghttp2; then
    with_cmake nghttp2 -DENABLE_LIB_ONLY=ON -DENABLE_STATIC_LIB=ON -DENABLE_SHARED_LIB=OFF -DENABLE_DOC=OFF
    touch "$stamp"
fi

if begin curl; then
    # CMake cannot run a test of poll(). Without a built-in location of authorities, applivery-builds searches those of
    # all distributions.
    case $openssl_target in
        mingw64) tls="-DCURL_USE_SCHANNEL=ON" ;;
        *) tls="-DUSE_NGHTTP2=ON -DHAVE_POLL_FINE=ON -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none" ;;
    esac
    with_cmake curl $tls -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF -DHTTP_ONLY=ON \
        -DENABLE_THREADED_RESOLVER=ON -DENABLE_UNIX_SOCKETS=OFF -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF \
        -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF -DUSE_LIBIDN2=OFF
    touch "$stamp"
fi
