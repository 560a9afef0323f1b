// Motion on pictures made here: noise, light, blocks that move.
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "check.h"
#include "frames/motion.h"

using namespace vas::frames;

namespace {

constexpr uint64_t kFrameNs = 100'000'000;

// A picture with a texture, so that offset and gain are not the same.
struct Scene {
  uint32_t width = 640;
  uint32_t height = 360;
  double gain = 1;
  int offset = 0;
  int noise = 0;
  struct Box {
    int x, y, w, h, value;
  };
  std::vector<Box> boxes{};
  uint32_t state = 12345;

  uint32_t Random() {
    state = state * 1664525 + 1013904223;
    return state >> 16;
  }

  std::vector<uint8_t> Paint() {
    std::vector<uint8_t> luma(size_t{width} * height);
    for (uint32_t y = 0; y < height; ++y)
      for (uint32_t x = 0; x < width; ++x) {
        double value = 90 + 40 * std::sin(x / 23.0) + 30 * std::cos(y / 17.0);
        for (const Box& box : boxes)
          if (static_cast<int>(x) >= box.x && static_cast<int>(x) < box.x + box.w && static_cast<int>(y) >= box.y && static_cast<int>(y) < box.y + box.h)
            value = box.value;
        int pixel = static_cast<int>(value * gain) + offset;
        if (noise > 0) pixel += static_cast<int>((Random() + Random() + Random()) % static_cast<uint32_t>(3 * noise)) - 3 * noise / 2;
        luma[size_t{y} * width + x] = static_cast<uint8_t>(std::min(255, std::max(0, pixel)));
      }
    return luma;
  }
};

struct Watch {
  MotionDetector detector;
  LumaGrid grid{};
  uint64_t now = 1'000'000'000;

  Motion See(Scene& scene) {
    const auto luma = scene.Paint();
    ReadLumaGrid(luma.data(), scene.width, scene.height, scene.width, grid);
    now += kFrameNs;
    return detector.Update(grid, now);
  }
};

int Cells(const MotionMask& mask) {
  return std::accumulate(mask.begin(), mask.end(), 0, [](int sum, uint8_t byte) { return sum + __builtin_popcount(byte); });
}

bool Has(const MotionMask& mask, int column, int row) {
  const int cell = row * kMotionColumns + column;
  return mask[static_cast<size_t>(cell / 8)] >> (cell % 8) & 1;
}

}  // namespace

TEST("a grid has the means of its blocks, in pictures of every size") {
  for (const auto& [width, height] : {std::pair{640U, 360U}, {1920U, 1080U}, {1U, 1U}, {16U, 16U}, {127U, 71U}, {3840U, 2160U}}) {
    std::vector<uint8_t> luma(size_t{width} * height, 77);
    LumaGrid grid;
    ReadLumaGrid(luma.data(), width, height, width, grid);
    for (const int16_t each : grid) CHECK(each == 77 * 16);
  }
}

TEST("a still picture and noise are no motion") {
  for (const int noise : {0, 4, 12, 25}) {
    Watch watch;
    Scene scene;
    scene.noise = noise;
    for (int i = 0; i < 60; ++i) {
      const Motion motion = watch.See(scene);
      CHECK(Cells(motion.masks[0]) == 0 && Cells(motion.masks[1]) == 0 && !motion.global);
      CHECK(Cells(motion.masks[2]) <= 1);
    }
  }
}

TEST("light that changes everywhere is no motion, at once or slowly, and does not blind") {
  for (const bool multiplied : {false, true}) {
    Watch watch;
    Scene scene;
    scene.noise = 4;
    for (int i = 0; i < 20; ++i) watch.See(scene);
    (multiplied ? void(scene.gain = 1.35) : void(scene.offset = 40));
    for (int i = 0; i < 20; ++i) CHECK(Cells(watch.See(scene).masks[1]) == 0);
    for (int i = 0; i < 100; ++i) {
      (multiplied ? void(scene.gain -= 0.004) : void(scene.offset -= 1));
      CHECK(Cells(watch.See(scene).masks[1]) == 0);
    }
    scene.boxes = {{320, 180, 40, 60, 240}};
    CHECK(Cells(watch.See(scene).masks[1]) > 0);
  }
}

TEST("a block that moves is found where it is, in noise as well") {
  Watch watch;
  Scene scene;
  scene.noise = 8;
  for (int i = 0; i < 20; ++i) watch.See(scene);
  int found = 0;
  for (int i = 0; i < 30; ++i) {
    // A person far away: 30 by 60 pixels of 640 by 360, cells are 20 by 20.
    scene.boxes = {{40 + 15 * i, 200, 30, 60, 210}};
    const Motion motion = watch.See(scene);
    const int column = (40 + 15 * i + 15) / 20;
    found += Has(motion.masks[1], column, 11);
    CHECK(!Has(motion.masks[1], column, 2) && !Has(motion.masks[1], 31, 17));
    for (int level = 1; level < kMotionLevels; ++level)
      for (size_t byte = 0; byte < kMotionBytes; ++byte) CHECK((motion.masks[level - 1][byte] & ~motion.masks[level][byte]) == 0);
  }
  CHECK(found >= 29);
}

TEST("sensitivity tells faint things from clear ones") {
  Watch watch;
  Scene scene;
  scene.width = 64 * 10;
  for (int i = 0; i < 20; ++i) watch.See(scene);
  for (const auto& [contrast, level] : {std::pair{7, 2}, {14, 1}, {40, 0}}) {
    Scene faint = scene;
    Watch copy = watch;
    const auto before = faint.Paint();
    auto luma = before;
    for (int y = 100; y < 160; ++y)
      for (int x = 100; x < 160; ++x) luma[static_cast<size_t>(y) * 640 + static_cast<size_t>(x)] = static_cast<uint8_t>(before[static_cast<size_t>(y) * 640 + static_cast<size_t>(x)] + contrast);
    LumaGrid grid;
    ReadLumaGrid(luma.data(), 640, 360, 640, grid);
    const Motion motion = copy.detector.Update(grid, copy.now + kFrameNs);
    for (int each = 0; each < kMotionLevels; ++each) CHECK((Cells(motion.masks[each]) > 0) == (each >= level));
  }
}

TEST("what stays becomes background, and another picture is no motion") {
  Watch watch;
  Scene scene;
  for (int i = 0; i < 20; ++i) watch.See(scene);
  scene.boxes = {{200, 100, 80, 80, 250}};
  CHECK(Cells(watch.See(scene).masks[1]) > 0);
  int left = 0;
  for (int i = 0; i < 600; ++i) left = Cells(watch.See(scene).masks[1]);
  CHECK(left == 0);
  // The camera turns.
  Scene other;
  other.boxes = {{0, 0, 640, 120, 20}, {0, 120, 640, 120, 230}, {0, 240, 320, 120, 20}, {320, 240, 320, 120, 240}};
  CHECK(watch.See(other).global);
  CHECK(Cells(watch.See(other).masks[2]) == 0);
  // After a pause it is looked at anew.
  watch.now += 60'000'000'000;
  CHECK(Cells(watch.See(scene).masks[2]) == 0);
}

int main() { return vas::test::RunAll(); }
