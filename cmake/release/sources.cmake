# Sources of the libraries in the archives: Debian's source packages, each pinned by the hash of its .dsc file, which
# contains the hashes of the other files. Debian's versions have the fixes of security problems. The fields are package,
# version, hash, licence (SPDX), file with the licence.
set(applivery_sources
    "zlib 1:1.2.13.dfsg-1 3fa1e6b2fc525062aa88207dda52fed8e045373c809d362fe8a2bfbf7cf515a8 Zlib LICENSE"
    "openssl 3.0.20-1~deb12u2 a614474a2773c23b10c0d65f4eccbcf93fdac4749afb7c26d76e1b0340154d3d Apache-2.0 LICENSE.txt"
    "nghttp2 1.52.0-1+deb12u3 d4fcb364e461616ef63cb0653a71f08a9ae23703d497745e90160ed7d1eda393 MIT COPYING"
    "curl 7.88.1-10+deb12u15 2744f12e3aef161c0361743fa1b318296b122e566e47f381e4a63320fbcc23f4 curl COPYING"
    "nlohmann-json3 3.11.2-2 70bec2cd47a992e0fcf5b92d820d264b871c15278cce68edcc05dbb579d795a0 MIT LICENSE.MIT"
    "cli11 2.1.2+ds-1 bb685eff351ca4fb77cf194f5ffb80e47f96989fc200f21241eb9eb320cfbc9c BSD-3-Clause LICENSE"
    "fmtlib 9.1.0+ds1-2 1c8982464f1281f5b7d42ca24e058d80d71db7c381b278cc22cbdb40c534f0c5 MIT LICENSE.rst"
    "utf8proc 2.8.0-1 6ce2b0ab12fe7d0c3fd0a40d4eb886ae82bf6ea356e4db1a0a9f76582947625c MIT LICENSE.md"
    "cpp-httplib 0.11.4+ds-1+deb12u1 a4dde747bbde7cc9fa62cdf50d61140a0eaefb7f1383497ef2d48daf3bf5f9ec MIT LICENSE")
set(applivery_sources_release bookworm)

# Sets `result` to the URL of the machine's mirror of Debian.
function(applivery_find_mirror result)
    execute_process(COMMAND apt-get indextargets --format "$(CREATED_BY) $(REPO_URI)" OUTPUT_VARIABLE targets)
    if(NOT targets MATCHES "Packages ([^\n]*/debian/?)\n")
        message(FATAL_ERROR "applivery: fetching the sources failed: apt has no mirror of Debian.")
    endif()
    set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()

# Fetches and unpacks the source packages that are not yet in `folder`. apt gets its own lists, because most machines
# have no sources in theirs. The hashes make signatures and the date of the lists irrelevant.
function(applivery_unpack_sources folder)
    set(apt apt-get -qq -o Dir::Etc::SourceList=${folder}/sources.list -o Dir::Etc::SourceParts=/dev/null
        -o Dir::State::Lists=${folder}/lists -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=)
    foreach(source IN LISTS applivery_sources)
        separate_arguments(source)
        list(POP_FRONT source name version hash)
        file(GLOB stamps ${folder}/${name}.*)
        if(stamps STREQUAL "${folder}/${name}.${hash}")
            continue()
        endif()
        message(STATUS "Fetching the source of ${name} ${version}")
        if(NOT updated)
            applivery_find_mirror(mirror)
            string(REGEX REPLACE "/debian/?$" "/debian-security" security ${mirror})
            file(WRITE ${folder}/sources.list "deb-src [trusted=yes] ${mirror} ${applivery_sources_release} main\n"
                "deb-src [trusted=yes] ${security} ${applivery_sources_release}-security main\n")
            file(MAKE_DIRECTORY ${folder}/lists/partial)
            execute_process(COMMAND ${apt} update)
            set(updated TRUE)
        endif()
        file(GLOB downloads ${folder}/${name}_*)
        file(REMOVE_RECURSE ${stamps} ${downloads} ${folder}/${name}) # in this order, because a removal can be interrupted
        execute_process(COMMAND ${apt} source --download-only ${name}=${version} WORKING_DIRECTORY ${folder}
            RESULT_VARIABLE code OUTPUT_QUIET)
        string(REGEX REPLACE "^[0-9]+:" "" version ${version}) # the names of files have no epoch
        set(dsc ${folder}/${name}_${version}.dsc)
        set(found "")
        if(EXISTS ${dsc})
            file(SHA256 ${dsc} found)
        endif()
        if(NOT code EQUAL 0 OR NOT found STREQUAL hash)
            message(FATAL_ERROR "applivery: fetching the source of ${name} ${version} failed: the mirror does not have "
                "it, or its hash is not ${hash}. Set the version and the hash in cmake/release/sources.cmake to those "
                "that `apt-cache showsrc ${name}` prints.")
        endif()
        # The file was compared already, and the other files are compared here.
        execute_process(COMMAND dpkg-source --require-strong-checksums -x ${dsc} ${folder}/${name}
            WORKING_DIRECTORY ${folder} RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE log)
        if(NOT code EQUAL 0)
            message(FATAL_ERROR "applivery: unpacking ${name} failed: ${log}")
        endif()
        file(TOUCH ${folder}/${name}.${hash})
    endforeach()
endfunction()
