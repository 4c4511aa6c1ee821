# What the configuration does where something is missing, or is somewhere else: it is run, and what it prints is compared.
set(work ${CMAKE_CURRENT_BINARY_DIR}/configurations)

# A nlohmann/json that is found by its folder alone, and a package of it.
set(json ${work}/json)
file(MAKE_DIRECTORY ${json}/include/nlohmann/detail)
file(WRITE ${json}/include/nlohmann/detail/abi_macros.hpp "")
file(WRITE ${json}/nlohmann_jsonConfig.cmake "add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
set_target_properties(nlohmann_json::nlohmann_json PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${json}/include)\n")
file(WRITE ${json}/nlohmann_jsonConfigVersion.cmake "set(PACKAGE_VERSION 3.11.9)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

# applivery_configuration(<name> <what it must print> <its arguments...>)
function(applivery_configuration name prints)
    add_test(NAME consumers.configure_${name} COMMAND ${CMAKE_COMMAND} --fresh --no-warn-unused-cli
        -S ${PROJECT_SOURCE_DIR} -B ${work}/${name} ${ARGN})
    set_tests_properties(consumers.configure_${name} PROPERTIES LABELS consumers PASS_REGULAR_EXPRESSION ${prints}
        FAIL_REGULAR_EXPRESSION "CMake Deprecation;CMake Warning")
endfunction()

set(taken_from "nlohmann/json is taken from ${json}/include")
set(no_json -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -DAPPLIVERY_JSON_INCLUDE_DIR=/nowhere)
set(one_sentence "applivery needs nlohmann/json 3.11 or newer, and fetches nothing")
applivery_configuration(json_by_its_dir ${taken_from} -Dnlohmann_json_DIR=${json})
applivery_configuration(json_by_its_root ${taken_from} -Dnlohmann_json_ROOT=${json})
applivery_configuration(json_that_was_fetched ${taken_from} ${no_json} -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${json})
applivery_configuration(without_fetching ${one_sentence} ${no_json} -DAPPLIVERY_FETCH_DEPENDENCIES=OFF)
applivery_configuration(disconnected ${one_sentence} ${no_json} -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
applivery_configuration(without_libcurl "applivery needs libcurl 7.68 or newer" -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON)

# The library alone needs what the README names; the program no mock server.
set(nothing_else "")
foreach(package OpenSSL ZLIB GTest benchmark PkgConfig)
    list(APPEND nothing_else -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
applivery_configuration(library_alone "Build files have been written" ${nothing_else}
    -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON)
applivery_configuration(program_alone "Build files have been written" ${nothing_else} -DAPPLIVERY_BUILD_PROGRAM=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=OFF)

add_test(NAME consumers.configure_parents_json COMMAND ${CMAKE_COMMAND} --fresh -S ${CMAKE_CURRENT_SOURCE_DIR}/parents_json
    -B ${work}/parents_json -DJSON_DIR=${json}/include -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR})
set_tests_properties(consumers.configure_parents_json PROPERTIES LABELS consumers PASS_REGULAR_EXPRESSION ${taken_from})

# In the system's own prefix pkg-config must know its folders by name.
add_test(NAME consumers.configure_usr COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DWORK=${work}/usr
    -P ${CMAKE_CURRENT_SOURCE_DIR}/usr.cmake)
set_tests_properties(consumers.configure_usr PROPERTIES LABELS consumers)

# What is built in its sources leaves no version.hpp where another build finds it first.
add_test(NAME consumers.configure_in_source COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DWORK=${work}/in_source
    -P ${CMAKE_CURRENT_SOURCE_DIR}/in_source.cmake)
set_tests_properties(consumers.configure_in_source PROPERTIES LABELS consumers)
