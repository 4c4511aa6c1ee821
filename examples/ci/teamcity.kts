// TeamCity, a build configuration of .teamcity/settings.kts. The program reads both parameters from the environment.
object WaitForApplivery : BuildType({
    name = "Wait for Applivery"
    params {
        text("env.APPLIVERY_BUILDS_URL", "https://downloads.example.com/applivery-builds-linux-x86_64.tar.gz")
        text("env.APPLIVERY_BUILDS_SHA256", "0000000000000000000000000000000000000000000000000000000000000000") // from SHA256SUMS
        password("env.APPLIVERY_APP_TOKEN", "credentialsJSON:00000000-0000-0000-0000-000000000000")
        text("env.APPLIVERY_BUILD_ID", "")
    }
    failureConditions { executionTimeoutMin = 35 }
    steps {
        script {
            name = "Install applivery-builds"
            scriptContent = "sh ci/install.sh bin"
        }
        script {
            name = "Wait until Applivery has processed the build"
            scriptContent = "bin/applivery-builds wait --timeout 30m"
        }
        script {
            name = "Show the result"
            executionMode = BuildStep.ExecutionMode.RUN_ON_FAILURE
            scriptContent = "echo \"Applivery: \$APPLIVERY_BUILD_STATUS\""
        }
    }
})
