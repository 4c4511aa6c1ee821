#include "core/user_code.hpp"

#include <exception>
#include <new>
#include <string>

namespace applivery::detail {

Error outOfMemory() noexcept {
    return Error(ErrorKind::connection, "out of memory");  // fits into the small buffer of every std::string
}

Error errorOfException(std::string_view name) noexcept {
    try {
        try {
            throw;
        } catch (const Exception& exception) {
            return exception.error();
        } catch (const std::bad_alloc&) {
            return outOfMemory();
        } catch (const std::exception& exception) {
            return Error(ErrorKind::connection, std::string(name) + " threw an exception: " + exception.what());
        } catch (...) {
            return Error(ErrorKind::connection, std::string(name) + " threw an exception of an unknown type");
        }
    } catch (...) {
        return outOfMemory();  // the message could not be allocated
    }
}

}  // namespace applivery::detail
