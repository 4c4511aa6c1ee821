# Exports only the symbols in symbols.map, if the format is ELF and the linker supports version scripts.
include(CheckLinkerFlag)

set(applivery_symbols_map ${PROJECT_SOURCE_DIR}/cmake/symbols.map)
set(applivery_version_script "LINKER:--version-script=${applivery_symbols_map}")
if(UNIX AND NOT APPLE)
    check_linker_flag(CXX "${applivery_version_script}" APPLIVERY_LINKER_TAKES_VERSION_SCRIPT)
endif()
if(APPLIVERY_LINKER_TAKES_VERSION_SCRIPT)
    target_link_options(applivery PRIVATE "${applivery_version_script}")
    set_target_properties(applivery PROPERTIES LINK_DEPENDS ${applivery_symbols_map})
endif()
