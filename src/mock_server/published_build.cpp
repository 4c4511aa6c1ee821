#include "mock_server/published_build.hpp"

namespace applivery::mock {

const std::string& publishedBuildJson() {
    static const std::string json = R"json({
  "id": "string",
  "status": "processed",
  "tags": [
    "string"
  ],
  "versionName": "string",
  "application": "string",
  "applicationInfo": {
    "id": "string",
    "name": "string",
    "slug": "string",
    "picture": "string"
  },
  "changelog": "string",
  "info": {
    "icon": "string",
    "android": {
      "targetSdkVersion": "string",
      "minSDKVersion": "string",
      "packageName": "string",
      "platformBuildVersionName": "string",
      "platformBuildVersionCode": "string",
      "versionName": "string",
      "versionCode": "string",
      "icon": "string"
    },
    "ios": {
      "plist": {
        "CFBundleDisplayName": "string",
        "CFBundleSupportedPlatforms": [
          "string"
        ],
        "MinimumOSVersion": "string",
        "CFBundleIdentifier": "string",
        "CFBundleShortVersionString": "string",
        "CFBundleVersion": "string",
        "CFBundleName": "string",
        "CFBundleIcons": [
          "string"
        ],
        "UIDeviceFamily": [
          "string"
        ]
      },
      "mobileprovision": {
        "ExpirationDate": "2019-08-24T14:15:22Z",
        "TeamIdentifier": "string",
        "ProvisionsAllDevices": true,
        "TeamName": "string",
        "ProvisionedDevices": "string",
        "signingType": "ad-hoc"
      }
    },
    "pkg": {
      "CFBundleDisplayName": "string",
      "CFBundleIdentifier": "string",
      "CFBundleShortVersionString": "string",
      "CFBundleVersion": "string",
      "CFBundleName": "string"
    }
  },
  "size": 0,
  "processTime": 0,
  "queuedTime": 0,
  "versionCode": "string",
  "error": "string",
  "errorCode": "string",
  "os": "ios",
  "deployer": {
    "name": "string",
    "info": {
      "commitMessage": "string",
      "commit": "string",
      "branch": "string",
      "triggerTimestamp": "string",
      "buildUrl": "string",
      "ciUrl": "string",
      "repositoryUrl": "string",
      "buildNumber": "string",
      "tag": "string"
    }
  },
  "uploadedBy": {
    "id": "string",
    "email": "[email protected]",
    "firstName": "string",
    "lastName": "string",
    "picture": "string"
  },
  "originalExtension": "string",
  "storageProvider": {
    "id": "string",
    "name": "string",
    "region": "string"
  },
  "hasEmmJson": true,
  "updatedAt": "2019-08-24T14:15:22Z",
  "createdAt": "2019-08-24T14:15:22Z"
})json";
    return json;
}

}  // namespace applivery::mock
