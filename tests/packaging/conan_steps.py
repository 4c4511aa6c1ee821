"""conan_steps.py <sources> <build directory> <directory> <version of the project>: runs the steps of the recipe for Conan,
with fakes of Conan's classes. Checks that the exported sources alone can be configured. The build directory is a build of
the same sources, which saves time. The package is installed to `package` in the directory."""

import importlib.util
import pathlib
import shutil
import subprocess
import sys
import types

SOURCES, BUILD, WORK = (pathlib.Path(argument) for argument in sys.argv[1:4])
VERSION = sys.argv[4]
CACHE = {}  # the cache variables that the recipe sets


class ConanFile:
    def __init__(self):
        self.settings = types.SimpleNamespace(os="Linux")
        self.options = types.SimpleNamespace(**self.default_options)
        self.cpp_info = types.SimpleNamespace()
        self.required = []

    def requires(self, reference, **_):
        self.required.append(reference.split("/")[0])


class CMakeToolchain:
    def __init__(self, _):
        self.cache_variables = CACHE

    def generate(self):
        pass


class CMakeDeps:
    properties = {}

    def __init__(self, _):
        pass

    def set_property(self, dependency, name, value):
        self.properties[dependency, name] = value

    def generate(self):
        compatibility = self.properties.get(("libcurl", "cmake_config_version_compat"), "SameMajorVersion")
        assert compatibility == "AnyNewerVersion", "find_package(CURL 7.68) does not find libcurl 8"


class CMake:
    def __init__(self, recipe):
        self.recipe = recipe

    def configure(self):
        run("-S", self.recipe.source_folder, "-B", BUILD, f"-DCMAKE_INSTALL_PREFIX={WORK / 'package'}", *arguments())

    def build(self):
        run("--build", BUILD, "--parallel", "2")

    def install(self):
        run("--install", BUILD)


def run(*command):
    subprocess.run(["cmake", *command], check=True, stdout=subprocess.DEVNULL)


def arguments():
    mine = {"BUILD_SHARED_LIBS": "OFF", "APPLIVERY_BUILD_PROGRAM": "OFF", "APPLIVERY_BUILD_EXAMPLES": "OFF",
            "APPLIVERY_INSTALL_MOCK_SERVER": "OFF"}
    return [f"-D{name}={value}" for name, value in {**mine, **CACHE}.items()]


def copy(_, pattern, source, destination):
    for path in pathlib.Path(source).glob(pattern.replace("/*", "/**/*")):
        target = pathlib.Path(destination) / path.relative_to(source)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def add_module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)


add_module("conan", ConanFile=ConanFile)
add_module("conan.tools")
add_module("conan.tools.build", check_min_cppstd=lambda _, standard: None)
add_module("conan.tools.cmake", CMake=CMake, CMakeDeps=CMakeDeps, CMakeToolchain=CMakeToolchain, cmake_layout=lambda _: None)
add_module("conan.tools.files", copy=copy, load=lambda _, path: pathlib.Path(path).read_text())

path = SOURCES / "cmake/packaging/conan/conanfile.py"
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("conanfile", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

recipe = module.Applivery()
recipe.recipe_folder, recipe.source_folder = str(path.parent), str(SOURCES)
recipe.export_sources_folder, recipe.package_folder = str(WORK / "exported"), str(WORK / "package")
shutil.rmtree(WORK, ignore_errors=True)

recipe.set_version()
assert recipe.version == VERSION, f"the recipe has version {recipe.version}"
recipe.layout()
recipe.validate()
recipe.requirements()
recipe.export_sources()
recipe.generate()
run("-S", recipe.export_sources_folder, "-B", WORK / "configured", *arguments())
recipe.build()
recipe.package()
recipe.package_info()

for library in recipe.cpp_info.libs:
    assert list((WORK / "package").glob(f"lib/*{library}.*")), f"the package does not contain {library}"
assert (WORK / "package/licenses/LICENSE").exists(), "the package does not contain LICENSE"
for name in recipe.cpp_info.requires:
    assert name.split("::")[0] in recipe.required, f"{name} is linked but not required"
