#include "text/utf8.hpp"

#include <cstddef>
#include <utf8proc.h>

namespace applivery::program {

Character takeCharacter(std::string_view& text) {
    utf8proc_int32_t code = -1;
    const auto* const data = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(data, static_cast<utf8proc_ssize_t>(text.size()), &code);
    const Character character{text.substr(0, length > 0 ? static_cast<std::size_t>(length) : 1),
                              length > 0 ? code : -1};
    text.remove_prefix(character.bytes.size());
    return character;
}

std::string lowerCase(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

}  // namespace applivery::program
