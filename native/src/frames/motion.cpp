#include "frames/motion.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "preprocess/shared_pixels.h"

namespace vas::frames {

namespace {

constexpr int kUnit = 16;
constexpr int kFraction = 256;
// Least difference of a block's mean that counts, luma steps: low, medium, high sensitivity.
constexpr std::array<int, kMotionLevels> kLeast{20, 10, 5};
// Noise of the picture (median of the differences) times this is no motion.
constexpr int kNoiseFactor = 6;
// More than this, luma steps, is not noise but another picture.
constexpr int kMostNoise = 24;
// Blocks of a cell that must move: a single one is noise.
constexpr int kBlocksOfCell = 2;
// A larger share of blocks at once is another picture.
constexpr size_t kGlobal = kLumaBlocks * 6 / 10;
// How fast the background follows what is still, and what differs, seconds.
constexpr double kStillSeconds = 2;
constexpr double kMovingSeconds = 8;
// After so long without pictures it is learnt anew, ns.
constexpr uint64_t kPauseNs = 10'000'000'000;
// Rows that are read of each block at most: more say nothing new.
constexpr uint32_t kRowsOfBlock = 4;

int16_t MedianOf(std::vector<int16_t>& values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

int16_t Clamp(int64_t value) { return static_cast<int16_t>(std::clamp<int64_t>(value, -32000, 32000)); }

// Sums of one row, added to those of the rows above it. A loop of its own, so that it is vectorised.
VAS_READS_SHARED_PIXELS void AddRow(const uint8_t* row, uint32_t width, uint16_t* sums) {
  for (uint32_t x = 0; x < width; ++x) sums[x] = static_cast<uint16_t>(sums[x] + row[x]);
}

}  // namespace

void ReadLumaGrid(const uint8_t* luma, uint32_t width, uint32_t height, size_t stride, LumaGrid& grid) {
  std::vector<uint16_t> sums(width);
  for (uint32_t row = 0; row < kLumaRows; ++row) {
    const uint32_t top = std::min(height - 1, row * height / kLumaRows);
    const uint32_t bottom = std::max(top + 1, (row + 1) * height / kLumaRows);
    const uint32_t step = std::max<uint32_t>(1, (bottom - top) / kRowsOfBlock);
    std::fill(sums.begin(), sums.end(), uint16_t{0});
    uint32_t rows = 0;
    for (uint32_t y = top; y < bottom && rows < 2 * kRowsOfBlock; y += step, ++rows) AddRow(luma + y * stride, width, sums.data());
    for (uint32_t column = 0; column < kLumaColumns; ++column) {
      const uint32_t left = std::min(width - 1, static_cast<uint32_t>(uint64_t{column} * width / kLumaColumns));
      const uint32_t right = std::max(left + 1, static_cast<uint32_t>(uint64_t{column + 1} * width / kLumaColumns));
      uint32_t sum = 0;
      for (uint32_t x = left; x < right; ++x) sum += sums[x];
      grid[row * kLumaColumns + column] = static_cast<int16_t>(sum * kUnit / (rows * (right - left)));
    }
  }
}

void MotionDetector::Learn(const LumaGrid& grid) {
  for (size_t i = 0; i < kLumaBlocks; ++i) background_[i] = grid[i] * kFraction;
  known_ = true;
}

Motion MotionDetector::Update(const LumaGrid& grid, uint64_t now_ns) {
  Motion motion;
  const uint64_t passed = now_ns - last_ns_;
  if (!known_ || now_ns < last_ns_ || passed > kPauseNs) {
    Learn(grid);
    last_ns_ = now_ns;
    return motion;
  }
  last_ns_ = now_ns;

  // What light that came on everywhere adds, or multiplies, is taken off.
  int64_t now_sum = 0;
  int64_t before_sum = 0;
  for (size_t i = 0; i < kLumaBlocks; ++i) {
    now_sum += grid[i];
    before_sum += background_[i] / kFraction;
  }
  const int64_t gain = before_sum > 0 ? now_sum * 1024 / before_sum : 1024;
  offset_.resize(kLumaBlocks);
  gained_.resize(kLumaBlocks);
  for (size_t i = 0; i < kLumaBlocks; ++i) {
    const int32_t before = background_[i] / kFraction;
    offset_[i] = Clamp(grid[i] - before);
    gained_[i] = Clamp(grid[i] - before * gain / 1024);
  }
  for (auto* differences : {&offset_, &gained_}) {
    sorted_ = *differences;
    const int16_t middle = MedianOf(sorted_);
    for (int16_t& each : *differences) each = Clamp(std::abs(each - middle));
  }
  // Whichever explains a block better.
  for (size_t i = 0; i < kLumaBlocks; ++i) offset_[i] = std::min(offset_[i], gained_[i]);
  sorted_ = offset_;
  const int noise = std::min(MedianOf(sorted_) * kNoiseFactor, kMostNoise * kUnit);

  std::array<int, kMotionLevels> least;
  for (int level = 0; level < kMotionLevels; ++level) least[level] = std::max(kLeast[level] * kUnit, noise);
  const auto many = static_cast<size_t>(std::count_if(offset_.begin(), offset_.end(), [&](int16_t each) { return each > least[1]; }));
  if (many > kGlobal) {
    motion.global = true;
    Learn(grid);
    return motion;
  }

  const double seconds = static_cast<double>(passed) / 1e9;
  const auto share = [seconds](double slowness) { return static_cast<int32_t>(std::lround((1 - std::exp(-seconds / slowness)) * 65536)); };
  const int32_t still = share(kStillSeconds);
  const int32_t moving = share(kMovingSeconds);
  for (size_t i = 0; i < kLumaBlocks; ++i) {
    const int64_t distance = int64_t{grid[i]} * kFraction - background_[i];
    background_[i] += static_cast<int32_t>(distance * (offset_[i] > least[2] ? moving : still) / 65536);
  }

  for (int row = 0; row < kMotionRows; ++row) {
    for (int column = 0; column < kMotionColumns; ++column) {
      std::array<int, kMotionLevels> blocks{};
      for (int y = 0; y < kMotionFine; ++y)
        for (int x = 0; x < kMotionFine; ++x) {
          const int each = offset_[static_cast<size_t>((row * kMotionFine + y) * kLumaColumns + column * kMotionFine + x)];
          for (int level = 0; level < kMotionLevels; ++level) blocks[level] += each > least[level];
        }
      const int cell = row * kMotionColumns + column;
      for (int level = 0; level < kMotionLevels; ++level)
        if (blocks[level] >= kBlocksOfCell) motion.masks[level][cell / 8] |= static_cast<uint8_t>(1 << (cell % 8));
    }
  }
  return motion;
}

}  // namespace vas::frames
