// NV12 to letterboxed RGB (uint8, NHWC) in one pass: scale bilinearly, convert, pad. Plain C++, no Node.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "preprocess/colour.h"

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

struct RgbImage {
  uint8_t* data;  // width * height * 3 bytes, rows without gaps
  int32_t width;
  int32_t height;
};

// Where the picture lies inside the letterbox, for mapping detections back.
struct Placement {
  int32_t x;
  int32_t y;
  int32_t width;
  int32_t height;
};

// Largest size with the source's aspect ratio, centred; an odd remainder goes to the right and the bottom.
Placement PlaceInside(int32_t source_width, int32_t source_height, int32_t width, int32_t height);

// Samples at pixel centres and clamps at the edges, like OpenCV's INTER_LINEAR. Chroma is taken as sited left
// (cosited horizontally, between the rows vertically), which is what H.264 and H.265 mean unless they say otherwise.
Placement LetterboxNv12ToRgb(const Nv12View& source, const YcbcrToRgb& colour, const std::array<uint8_t, 3>& padding,
                             const RgbImage& target);

}  // namespace vas::preprocess
