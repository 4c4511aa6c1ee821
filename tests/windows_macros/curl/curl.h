// As libcurl's header behaves on Windows: it brings windows.h, and with that the macros min and max, unless told not to.
#pragma GCC system_header
#include_next <curl/curl.h>
#ifndef NOMINMAX
#    define min(a, b) (((a) < (b)) ? (a) : (b))
#    define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
