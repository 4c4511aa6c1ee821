"""A Conan 2 recipe that builds the sources around it: `conan create cmake/packaging/conan`."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

SOURCES = os.path.join("..", "..", "..")


class Applivery(ConanFile):
    name = "applivery"
    license = "MIT"
    description = "Lists the builds of apps on Applivery"
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "with_simdjson": [True, False]}
    default_options = {"shared": False, "fPIC": True, "with_simdjson": False}
    implements = ["auto_shared_fpic"]

    def set_version(self):
        project = load(self, os.path.join(self.recipe_folder, SOURCES, "CMakeLists.txt"))
        self.version = re.search(r"project\(applivery VERSION ([0-9.]+)", project).group(1)

    def export_sources(self):
        root = os.path.join(self.recipe_folder, SOURCES)
        for part in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/library/*"):
            copy(self, part, root, self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def validate(self):
        check_min_cppstd(self, 17)

    def requirements(self):
        self.requires("libcurl/[>=7.68 <9]")
        self.requires("nlohmann_json/[>=3.11 <4]", visible=False)
        if self.options.with_simdjson:
            self.requires("simdjson/[>=3 <4]")

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["APPLIVERY_FETCH_DEPENDENCIES"] = False
        toolchain.cache_variables["APPLIVERY_SIMDJSON"] = bool(self.options.with_simdjson)
        toolchain.generate()
        dependencies = CMakeDeps(self)
        # find_package(CURL 7.68) must accept libcurl 8. By default, CMakeDeps accepts only the same major version.
        dependencies.set_property("libcurl", "cmake_config_version_compat", "AnyNewerVersion")
        dependencies.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        self.cpp_info.libs = ["applivery"]
        self.cpp_info.requires = ["libcurl::libcurl"]
        if self.options.with_simdjson:
            self.cpp_info.requires.append("simdjson::simdjson")
        if not self.options.shared:
            self.cpp_info.defines = ["APPLIVERY_STATIC"]
            if self.settings.os in ("Linux", "FreeBSD"):
                self.cpp_info.system_libs = ["pthread", "dl"]
