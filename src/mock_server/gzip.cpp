#include "mock_server/gzip.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <zlib.h>

namespace applivery::mock {
namespace {

class Deflater {
public:
    explicit Deflater(int level) {
        constexpr int gzipWindow = 15 + 16;  // zlib: adding 16 selects the gzip format
        if (::deflateInit2(&stream_, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error("deflateInit2 failed");
    }
    ~Deflater() { ::deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    void add(std::string_view bytes) { run(bytes, Z_NO_FLUSH); }

    std::string finish() {
        run({}, Z_FINISH);
        return std::move(out_);
    }

private:
    void run(std::string_view bytes, int flush) {
        // zlib does not write to its input, although the pointer is not const.
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        do {
            stream_.next_out = buffer_.data();
            stream_.avail_out = static_cast<uInt>(buffer_.size());
            if (::deflate(&stream_, flush) == Z_STREAM_ERROR) throw std::runtime_error("deflate failed");
            out_.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }

    z_stream stream_{};
    std::array<Bytef, 32768> buffer_{};
    std::string out_;
};

}  // namespace

std::string gzip(std::string_view bytes) {
    Deflater deflater(Z_BEST_SPEED);
    deflater.add(bytes);
    return deflater.finish();
}

std::string gzipOfSpaces(std::string_view prefix, std::size_t count) {
    Deflater deflater(Z_BEST_COMPRESSION);
    deflater.add(prefix);
    const std::string block(std::size_t{1} << 20U, ' ');
    while (count > 0) {
        const std::size_t part = std::min(count, block.size());
        deflater.add(std::string_view(block).substr(0, part));
        count -= part;
    }
    return deflater.finish();
}

}  // namespace applivery::mock
