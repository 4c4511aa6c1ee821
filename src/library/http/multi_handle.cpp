#include "http/multi_handle.hpp"

#ifdef __linux__
#    include <algorithm>
#    include <fcntl.h>
#    include <linux/sockios.h>
#    include <sys/ioctl.h>
#    include <unistd.h>
#endif

namespace applivery::detail {
namespace {

#ifdef __linux__

// Sets close-on-exec on the two descriptors through which curl_multi_wakeup() wakes a multi handle: a pair of sockets,
// or from libcurl 8.5 a pipe.
//
// libcurl before 8.10, such as that of Debian 12, opens both without close-on-exec
// (https://github.com/curl/curl/issues/13618). Each program that this process starts would inherit two descriptors for
// each transport. No function of libcurl returns their numbers, and CURLOPT_OPENSOCKETFUNCTION is called for
// connections only. So the two descriptors are identified by two properties. They have the two lowest numbers that were
// free before. A wake-up adds a byte to the queue of both. If another thread opens a descriptor meanwhile, the check
// fails, and no descriptor is changed.
//
// The descriptors of a name look-up also lack close-on-exec. They are open only during the look-up.
class WakeUpDescriptors {
public:
    // Finds the two lowest free numbers. To be called before curl_multi_init().
    WakeUpDescriptors()
        : first_(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)), second_(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)) {
        if (first_ >= 0) close(first_);
        if (second_ >= 0) close(second_);
    }

    void setCloseOnExec(CURLM* multi) const {
        const int first = queuedBytes(first_);
        const int second = queuedBytes(second_);
        curl_multi_wakeup(multi);
        // The count of the sending socket is above 1, because it includes the memory for the byte.
        if (std::min(queuedBytes(first_) - first, queuedBytes(second_) - second) != 1) return;
        fcntl(first_, F_SETFD, FD_CLOEXEC);
        fcntl(second_, F_SETFD, FD_CLOEXEC);
    }

private:
    static int queuedBytes(int descriptor) {
        int received = 0;
        int sent = 0;
        if (ioctl(descriptor, FIONREAD, &received) != 0) return 0;
        if (ioctl(descriptor, SIOCOUTQ, &sent) != 0) sent = 0;  // not supported by pipes
        return received + sent;
    }

    int first_;
    int second_;
};

#else

struct WakeUpDescriptors {
    void setCloseOnExec(CURLM*) const {}
};

#endif

}  // namespace

MultiHandle makeMultiHandle() {
    const WakeUpDescriptors descriptors;
    MultiHandle multi(curl_multi_init());
    // curl_multi_init() also succeeds if the system refuses the descriptors. Such a handle cannot be woken.
    if (multi && curl_multi_wakeup(multi.get()) != CURLM_OK) multi.reset();
    if (multi) descriptors.setCloseOnExec(multi.get());
    return multi;
}

}  // namespace applivery::detail
