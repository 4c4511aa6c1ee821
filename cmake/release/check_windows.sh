#!/bin/sh
# check_windows.sh <applivery-builds.exe> <directory of the unit tests> <applivery_program_tests of this system>: runs the
# unit tests and the tests of the program under Wine. The mock servers run on this system. Needs Debian's wine64.
set -eu
program=$(realpath "$1") unit_tests=$2 program_tests=$(realpath "$3")
folder=$(mktemp -d)
wine=/usr/lib/wine
trap 'WINEPREFIX=$folder/prefix "$wine/wineserver64" -k || true; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM # dash does not run the trap of EXIT when a signal ends it
export WINEPREFIX="$folder/prefix" WINEDEBUG=-all

(cd "$unit_tests" && "$wine/wine64" ./applivery_tests.exe --gtest_brief=1)

printf '#!/bin/sh\nexec %s/wine64 %s "$@"\n' "$wine" "$program" >"$folder/applivery-builds"
chmod +x "$folder/applivery-builds"
# Not for Wine: terminals and signals of POSIX, device files, permissions, symbolic links, and the certificates of the
# tests, which are for an IP address, for which Schannel in libcurl 7.88 has no support.
excluded="*Terminal*:*Screen*:*Signal*:*Link:*Links:*.IsReadableOnlyByItsOwner:*.RefusesAnInputFile:*.RefusesOneTargetFor*"
excluded="$excluded:*CannotBeCompleted:*Unwritable*:DoctorOfTls.*:DoctorTranscript*:Guide/*:*.FollowsADanglingLink"
APPLIVERY_TESTED_PROGRAM=$folder/applivery-builds "$program_tests" --gtest_brief=1 \
    --gtest_filter="ListCommand.*:ListAll.*:ListUsage.*:Selection*:WaitCommand.*:WaitExpect.*:ReportCommand.*:Recording.*:TokenFile.*:DoctorOf*:-$excluded"
