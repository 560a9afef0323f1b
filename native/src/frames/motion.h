// Where something moves in a camera's picture: means of luma blocks against a slowly adapting background. Robust
// against noise (blocks are means, and the noise of the whole picture is measured), and against brightness that changes
// everywhere (an offset and a gain common to all blocks do not count).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vas::frames {

// The grid of the result, and how many blocks each of its cells has on a side.
inline constexpr int kMotionColumns = 32;
inline constexpr int kMotionRows = 18;
inline constexpr int kMotionFine = 4;
inline constexpr int kLumaColumns = kMotionColumns * kMotionFine;
inline constexpr int kLumaRows = kMotionRows * kMotionFine;
inline constexpr size_t kLumaBlocks = size_t{kLumaColumns} * kLumaRows;
// One bit for each cell, row by row, least significant bit first.
inline constexpr size_t kMotionBytes = size_t{kMotionColumns} * kMotionRows / 8;
// From the least to the most sensitive.
inline constexpr int kMotionLevels = 3;

using LumaGrid = std::array<int16_t, kLumaBlocks>;
using MotionMask = std::array<uint8_t, kMotionBytes>;

// Means of the blocks in sixteenths of a luma step. Reads shared pixels: the caller looks at the sequence afterwards.
void ReadLumaGrid(const uint8_t* luma, uint32_t width, uint32_t height, size_t stride, LumaGrid& grid);

struct Motion {
  // Low, medium and high sensitivity; each contains the one before.
  std::array<MotionMask, kMotionLevels> masks{};
  // So much changed at once that it is another picture (or light): nothing is said to move.
  bool global = false;
};

class MotionDetector {
 public:
  // `now_ns` is monotonic; the first picture, and the first after a pause, is only learnt.
  Motion Update(const LumaGrid& grid, uint64_t now_ns);
  void Forget() { known_ = false; }

 private:
  void Learn(const LumaGrid& grid);

  bool known_ = false;
  uint64_t last_ns_ = 0;
  // The background in 1/256 of the grid's unit, so that slow changes are not lost to rounding.
  std::array<int32_t, kLumaBlocks> background_{};
  std::vector<int16_t> offset_;
  std::vector<int16_t> gained_;
  std::vector<int16_t> sorted_;
};

}  // namespace vas::frames
