# Warnings are errors only in the project's own checks. Other compilers have other warnings, which must not break a build.
option(APPLIVERY_WARNINGS_AS_ERRORS "Treat warnings as errors" $ENV{APPLIVERY_WARNINGS_AS_ERRORS})
mark_as_advanced(APPLIVERY_WARNINGS_AS_ERRORS)

# In a unit of several files, a name in one file shadows a name in another, and g++ treats the files as headers.
function(applivery_enable_warnings target)
    if(NOT MSVC)
        set(is_unity $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion
            $<$<NOT:${is_unity}>:-Wshadow> $<$<AND:${is_unity},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
            $<$<BOOL:${APPLIVERY_WARNINGS_AS_ERRORS}>:-Werror>)
    endif()
endfunction()

# A parent's flags also apply to vendored sources, together with warnings that the parent enables for its own code.
function(applivery_disable_warnings target)
    target_compile_options(${target} PRIVATE $<IF:$<CXX_COMPILER_ID:MSVC>,/w,-w>)
endfunction()
