# cmake -DSOURCE=<folder of package.json> -DWORK=<folder> -P packages.cmake: installs the packages of package-lock.json
# in WORK, unless they are there already.
file(SHA256 ${SOURCE}/package-lock.json hash)
if(EXISTS ${WORK}/installed)
    file(READ ${WORK}/installed installed)
endif()
if("${installed}" STREQUAL hash)
    return()
endif()
file(REMOVE_RECURSE ${WORK})
file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${WORK})
execute_process(COMMAND npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-timeout 20000
        --fetch-retries 1 WORKING_DIRECTORY ${WORK} RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "npm ci failed: ${log}\nThe checks of a report's page need html-validate, axe-core and "
        "playwright-core. Connect this machine to the npm registry, or set npm's registry to a mirror.")
endif()
file(WRITE ${WORK}/installed ${hash})
