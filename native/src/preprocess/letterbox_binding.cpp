// letterboxNv12ToRgb for JavaScript: checks every argument, then calls the plain C++ function.
#include "preprocess/letterbox_binding.h"

#include "arguments.h"
#include "preprocess/names.h"
#include "preprocess/tensor.h"

namespace vas::preprocess {

namespace {

constexpr char kName[] = "letterboxNv12ToRgb";
// Far above any camera and any model; keeps every product within 32 bits where it is computed in them.
constexpr int32_t kMaxSize = 16384;
constexpr int32_t kMaxStride = 65536;

std::string Path(const char* argument) { return std::string(kName) + ": " + argument; }

Nv12View ReadSource(const Fields& fields) {
  Nv12View view{};
  view.width = fields.Integer("width", 1, kMaxSize);
  view.height = fields.Integer("height", 1, kMaxSize);
  const int32_t chroma_bytes = 2 * ((view.width + 1) / 2);
  const size_t chroma_rows = (view.height + 1) / 2;
  view.y_stride = fields.Integer("yStride", view.width, kMaxStride);
  view.uv_stride = fields.Integer("uvStride", chroma_bytes, kMaxStride);
  // The last row need not be followed by its padding.
  view.y = fields.Bytes("y", view.y_stride * (view.height - 1) + view.width).data();
  view.uv = fields.Bytes("uv", view.uv_stride * (chroma_rows - 1) + chroma_bytes).data();
  return view;
}

struct RgbImage {
  uint8_t* data;
  int32_t width;
  int32_t height;
};

RgbImage ReadTarget(const Fields& fields) {
  RgbImage image{};
  image.width = fields.Integer("width", 1, kMaxSize);
  image.height = fields.Integer("height", 1, kMaxSize);
  const size_t needed = static_cast<size_t>(image.width) * image.height * 3;
  const auto bytes = fields.Bytes("data", needed);
  // A longer one is a mistake about the size, and part of a tensor would keep old pixels.
  if (bytes.size() != needed) {
    throw fields.OutOfRange("data", "must have exactly " + std::to_string(needed) + " bytes, has " + std::to_string(bytes.size()));
  }
  image.data = bytes.data();
  return image;
}

std::array<uint8_t, 3> ReadPadding(const Napi::Value& value) {
  const Fields fields(value, Path("padding"));
  return {static_cast<uint8_t>(fields.Integer("r", 0, 255)), static_cast<uint8_t>(fields.Integer("g", 0, 255)),
          static_cast<uint8_t>(fields.Integer("b", 0, 255))};
}

bool Overlap(const uint8_t* a, size_t a_size, const uint8_t* b, size_t b_size) {
  return a < b + b_size && b < a + a_size;
}

void RefuseOverlap(Napi::Env env, const Nv12View& source, const RgbImage& target) {
  const size_t target_size = static_cast<size_t>(target.width) * target.height * 3;
  if (Overlap(source.y, source.y_stride * (source.height - 1) + source.width, target.data, target_size) ||
      Overlap(source.uv, source.uv_stride * ((source.height + 1) / 2 - 1) + 2 * ((source.width + 1) / 2), target.data, target_size)) {
    throw Napi::RangeError::New(env, Path("target.data") + " must not share memory with the source");
  }
}

Napi::Value Letterbox(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Fields source_fields(info[0], Path("source"));
  const Nv12View source = ReadSource(source_fields);
  const YcbcrToRgb colour = MakeYcbcrToRgb(kMatrices.Read(source_fields, "matrix"), kRanges.Read(source_fields, "range"));
  const RgbImage target = ReadTarget(Fields(info[1], Path("target")));
  const auto padding = info[2].IsUndefined() ? std::array<uint8_t, 3>{114, 114, 114} : ReadPadding(info[2]);
  RefuseOverlap(env, source, target);

  const TensorSpec spec{.width = target.width, .height = target.height, .padding = padding};
  return PlacementToJs(env, ToTensor(source, colour, spec, target.data));
}

}  // namespace

void RegisterLetterbox(Napi::Env env, Napi::Object exports) {
  exports.Set(kName, Napi::Function::New(env, Letterbox, kName));
}

}  // namespace vas::preprocess
