// NV12 pictures and where they lie inside a target.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vas::preprocess {

// Odd sizes are allowed: NV12 then has (width + 1) / 2 chroma pairs in (height + 1) / 2 rows.
struct Nv12View {
  const uint8_t* y;
  const uint8_t* uv;
  int32_t width;
  int32_t height;
  size_t y_stride;
  size_t uv_stride;
};

// Where the picture lies inside the target, for mapping detections back.
struct Placement {
  int32_t x;
  int32_t y;
  int32_t width;
  int32_t height;
};

// Largest size with the source's aspect ratio, centred; an odd remainder goes to the right and the bottom.
Placement PlaceInside(double source_width, double source_height, int32_t width, int32_t height);

}  // namespace vas::preprocess
