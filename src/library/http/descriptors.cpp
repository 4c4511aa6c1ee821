#include "http/descriptors.hpp"

#ifdef __linux__
#    include <array>
#    include <fcntl.h>
#    include <linux/sockios.h>
#    include <sys/ioctl.h>
#    include <unistd.h>
#endif

namespace applivery::detail {
namespace {

#ifdef __linux__

// libcurl before 8.10 makes the pair of sockets that wakes a multi handle without CLOEXEC, and tells nobody their
// numbers. They are found by what they do: the next two numbers that were free before, of which one holds a byte more
// to be read, and the other a byte more that was sent, after each wake-up. Where anything else is seen, such as the
// descriptor that another thread opened meanwhile, nothing is touched.
class WakeUpPair {
public:
    // Before the multi handle is made.
    WakeUpPair() {
        for (int& descriptor : descriptors_) descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
        for (const int descriptor : descriptors_) {
            if (descriptor >= 0) close(descriptor);
        }
    }

    void closeOnExec(CURLM* multi) const {
        const int reads = whichGrowsByOne(multi, FIONREAD);
        const int writes = whichGrowsByOne(multi, SIOCOUTQ);
        if (reads < 0 || writes < 0 || reads == writes) return;
        for (const int descriptor : {reads, writes}) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }

private:
    // Of FIONREAD the bytes themselves are counted, of SIOCOUTQ what they take.
    [[nodiscard]] int whichGrowsByOne(CURLM* multi, unsigned long counter) const {
        const auto before = counts(counter);
        curl_multi_wakeup(multi);
        const auto after = counts(counter);
        int found = -1;
        for (std::size_t i = 0; i < descriptors_.size(); ++i) {
            const int grown = after[i] - before[i];
            if (before[i] < 0 || after[i] < 0 || grown <= 0 || (counter == FIONREAD && grown != 1)) continue;
            if (found >= 0) return -1;
            found = descriptors_[i];
        }
        return found;
    }

    [[nodiscard]] std::array<int, 2> counts(unsigned long counter) const {
        std::array<int, 2> counted{-1, -1};
        for (std::size_t i = 0; i < descriptors_.size(); ++i) {
            if (ioctl(descriptors_[i], counter, &counted[i]) != 0) counted[i] = -1;
        }
        return counted;
    }

    std::array<int, 2> descriptors_{-1, -1};
};

#else

struct WakeUpPair {
    void closeOnExec(CURLM*) const {}
};

#endif

}  // namespace

MultiHandle makeMultiHandle() {
    const WakeUpPair pair;
    MultiHandle multi(curl_multi_init());
    // libcurl makes a handle also where it gets no descriptors to wake it by; such a one would sleep through
    // everything.
    if (multi && curl_multi_wakeup(multi.get()) != CURLM_OK) multi.reset();
    if (multi) pair.closeOnExec(multi.get());
    return multi;
}

curl_socket_t openSocket(const curl_sockaddr& address) noexcept {
#ifdef SOCK_CLOEXEC
    return socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
    return socket(address.family, address.socktype, address.protocol);
#endif
}

}  // namespace applivery::detail
