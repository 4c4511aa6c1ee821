# Combines the sources into few translation units. One unit for each source takes 2.5 times the CPU time. The objects of
# the static library are these units: a program that only lists builds links neither iterations nor waits.
foreach(source IN LISTS applivery_sources)
    if(source MATCHES "/(apps_iteration|async_iteration|build_range|page_iteration|page_sequence|workspace)\\.cpp$")
        set(unit iterations)
    elseif(source MATCHES "/(build_poller|wait_operation|wait_rules|wait_state_machine)\\.cpp$")
        set(unit waits)
    elseif(source MATCHES "/(build|build_json|build_page|field_paths|schema_writer)\\.cpp$")
        set(unit build_json)
    elseif(source MATCHES "^src/library/(client|http|json)/")
        set(unit ${CMAKE_MATCH_1})
    else()
        set(unit core)
    endif()
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${unit})
endforeach()
if(APPLIVERY_BUILD_TESTS) # because the simdjson tests link another parse.cpp
    set_source_files_properties(src/library/json/parse.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endif()

# For development, one unit a source is better: a change compiles only that source. CMAKE_UNITY_BUILD of a parent wins.
set_target_properties(applivery PROPERTIES UNITY_BUILD_MODE GROUP)
if(NOT DEFINED CMAKE_UNITY_BUILD AND NOT APPLIVERY_BUILD_TESTS AND NOT APPLIVERY_BUILD_BENCHMARKS)
    set_target_properties(applivery PROPERTIES UNITY_BUILD ON)
endif()
