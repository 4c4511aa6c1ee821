#include "json/json_output.hpp"

#include "json/characters.hpp"
#include "json/nlohmann.hpp"

namespace applivery::detail {

void JsonOutput::text(std::string_view value) {
    using Json = nlohmann::json;
    separate();
    if (standsForItself(value)) {
        text_ += '"';
        text_ += value;
        text_ += '"';
    } else {
        text_ += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
}

}  // namespace applivery::detail
