# Packages: those of Debian, the archive of the sources, the static program, the port for vcpkg and the recipe for Conan.
set(packages ${CMAKE_CURRENT_BINARY_DIR}/packages)

# applivery_package_test(<name> <script> <definitions for the script...>)
function(applivery_package_test name script)
    list(TRANSFORM ARGN PREPEND -D OUTPUT_VARIABLE definitions)
    add_test(NAME packaging.${name} COMMAND ${CMAKE_COMMAND} ${definitions} -DSOURCE=${PROJECT_SOURCE_DIR}
        -DVERSION=${PROJECT_VERSION} -P ${CMAKE_CURRENT_SOURCE_DIR}/${script})
    set_tests_properties(packaging.${name} PROPERTIES LABELS packaging TIMEOUT 900)
endfunction()

# Debian's packages. They are created in the build directory of another installation, which saves a build, and installed
# to another root directory: in the machine's own root, the other tests would find them.
find_program(APPLIVERY_DPKG dpkg)
mark_as_advanced(APPLIVERY_DPKG)
if(APPLIVERY_DPKG)
    set(root ${packages}/root)
    foreach(step pack lintian install remove)
        applivery_package_test(debian_${step} debian.cmake STEP=${step} "BUILD=${work}/with spaces/build" WORK=${packages})
    endforeach()
    set_tests_properties(packaging.debian_pack PROPERTIES FIXTURES_REQUIRED "applivery_with spaces"
        FIXTURES_SETUP applivery_debian)
    set_tests_properties(packaging.debian_lintian PROPERTIES FIXTURES_REQUIRED applivery_debian)
    set_tests_properties(packaging.debian_install PROPERTIES FIXTURES_REQUIRED applivery_debian
        FIXTURES_SETUP applivery_debian_root)
    set_tests_properties(packaging.debian_remove PROPERTIES FIXTURES_CLEANUP applivery_debian_root)

    applivery_consumer(find_package_debian find_package -DCMAKE_PREFIX_PATH=${root}/usr)
    set(pkg_config_path ${root})
    applivery_consumer(pkg_config_debian pkg_config)
    unset(pkg_config_path)
    set_tests_properties(packaging.pkg_config_debian PROPERTIES ENVIRONMENT PKG_CONFIG_SYSROOT_DIR=${root})
    add_test(NAME packaging.program_debian COMMAND ${root}/usr/bin/applivery-builds --version)
    set_tests_properties(packaging.program_debian PROPERTIES LABELS packaging
        ENVIRONMENT LD_LIBRARY_PATH=${root}/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE})
    set_tests_properties(packaging.find_package_debian packaging.pkg_config_debian packaging.program_debian PROPERTIES
        FIXTURES_REQUIRED applivery_debian_root)
endif()

# The source archive. The other packages use its build, one after the other.
set(archive ${packages}/archive)
set(unpacked ${archive}/applivery-${PROJECT_VERSION})
applivery_package_test(source_archive source_archive.cmake BUILD=${PROJECT_BINARY_DIR} WORK=${archive}
    "COMPILER=$<IF:$<BOOL:${APPLIVERY_CLANG}>,${APPLIVERY_CLANG},${CMAKE_CXX_COMPILER}>")
set_tests_properties(packaging.source_archive PROPERTIES FIXTURES_SETUP applivery_source_archive PROCESSORS 2)
applivery_package_test(static_program static_program.cmake PROGRAM=${archive}/build/examples/applivery-builds)
set_tests_properties(packaging.static_program PROPERTIES FIXTURES_REQUIRED applivery_source_archive)

applivery_package_test(vcpkg_port vcpkg.cmake PORT_DIR=${unpacked}/cmake/packaging/vcpkg BUILD=${archive}/build
    WORK=${packages}/vcpkg)
applivery_consumer(find_package_vcpkg find_package -DCMAKE_PREFIX_PATH=${packages}/vcpkg)

find_package(Python3 QUIET COMPONENTS Interpreter)
add_test(NAME packaging.conan_recipe COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/conan_steps.py ${unpacked}
    ${archive}/build ${packages}/conan ${PROJECT_VERSION})
applivery_consumer(find_package_conan find_package -DCMAKE_PREFIX_PATH=${packages}/conan/package)

foreach(way vcpkg_port conan_recipe)
    set_tests_properties(packaging.${way} PROPERTIES LABELS packaging FIXTURES_REQUIRED applivery_source_archive
        FIXTURES_SETUP applivery_${way} RESOURCE_LOCK applivery_archive)
endforeach()
set_tests_properties(packaging.find_package_vcpkg PROPERTIES FIXTURES_REQUIRED applivery_vcpkg_port)
set_tests_properties(packaging.find_package_conan PROPERTIES FIXTURES_REQUIRED applivery_conan_recipe)

# The mock server, which is built with the examples.
add_test(NAME packaging.install_mock_server COMMAND ${CMAKE_COMMAND} -DWORK=${archive} -DPROGRAM=applivery-mock-server
    "-DARGUMENTS=-DAPPLIVERY_BUILD_EXAMPLES=ON;-DAPPLIVERY_INSTALL_MOCK_SERVER=ON" -DSOURCE=${unpacked}
    -P ${CMAKE_CURRENT_SOURCE_DIR}/install.cmake)
set_tests_properties(packaging.install_mock_server PROPERTIES FIXTURES_SETUP applivery_mock_server LABELS packaging
    FIXTURES_REQUIRED applivery_source_archive RESOURCE_LOCK applivery_archive PROCESSORS 2)
add_test(NAME packaging.mock_server COMMAND ${archive}/prefix/bin/applivery-mock-server --version)
set_tests_properties(packaging.mock_server PROPERTIES FIXTURES_REQUIRED applivery_mock_server LABELS packaging)
