// Pixels in shared memory may be overwritten while they are read; the caller re-checks the slot's sequence and
// throws the result away then. The functions marked with this are the only ones that do so, and so the only ones
// that the thread sanitizer leaves out.
#pragma once

#if defined(__GNUC__)
#define VAS_READS_SHARED_PIXELS __attribute__((no_sanitize_thread, noinline))
#else
#define VAS_READS_SHARED_PIXELS
#endif
