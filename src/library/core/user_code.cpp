#include "core/user_code.hpp"

#include <exception>
#include <new>
#include <string>

namespace applivery::detail {

Error outOfMemory() noexcept {
    return Error(ErrorKind::connection, "out of memory");  // so short that no string allocates it
}

Error errorOfException(std::string_view who) noexcept {
    try {
        try {
            throw;
        } catch (const Exception& exception) {
            return exception.error();
        } catch (const std::bad_alloc&) {
            return outOfMemory();
        } catch (const std::exception& exception) {
            return Error(ErrorKind::connection, std::string(who) + " threw an exception: " + exception.what());
        } catch (...) {
            return Error(ErrorKind::connection, std::string(who) + " threw an exception of an unknown type");
        }
    } catch (...) {
        return outOfMemory();  // the message did not fit into what is left
    }
}

}  // namespace applivery::detail
