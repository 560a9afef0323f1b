// Copies a picture out of the ring while it may be overwritten; FrameView::StillValid() judges it afterwards.
#pragma once

#include <cstddef>
#include <cstring>

#include "preprocess/shared_pixels.h"

namespace vas::frames {

#if defined(__SANITIZE_THREAD__)
// The sanitizer watches memcpy itself, whoever calls it; so here it is spelt out.
VAS_READS_SHARED_PIXELS inline void CopySharedPixels(std::byte* to, const std::byte* from, size_t size) {
  for (size_t i = 0; i < size; ++i) to[i] = from[i];
}
#else
inline void CopySharedPixels(std::byte* to, const std::byte* from, size_t size) { std::memcpy(to, from, size); }
#endif

}  // namespace vas::frames
