#!/bin/sh
# Xcode Cloud. Store this as the executable file ci_scripts/ci_post_xcodebuild.sh. APPLIVERY_APP_TOKEN is a secret
# variable of the workflow. If this script fails, the build fails.
export APPLIVERY_BUILDS_URL=https://downloads.example.com/applivery-builds-macos.tar.gz
export APPLIVERY_BUILDS_SHA256=0000000000000000000000000000000000000000000000000000000000000000 # from SHA256SUMS

if [ "$CI_XCODEBUILD_ACTION" != archive ] || [ "$CI_XCODEBUILD_EXIT_CODE" != 0 ]; then exit 0; fi

# Upload the app here, and set APPLIVERY_BUILD_ID to the id that the upload returned.

sh "$CI_PRIMARY_REPOSITORY_PATH/ci/install.sh" bin || exit
status=0
bin/applivery-builds wait --build-id "$APPLIVERY_BUILD_ID" --timeout 30m --env-file applivery.env || status=$?
. ./applivery.env
echo "Applivery: $APPLIVERY_BUILD_STATUS"
exit "$status"
